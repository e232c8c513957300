using AuthzCluster.Gateway.Tests.Support;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Silo.Tests.Running;

namespace AuthzCluster.Gateway.Tests.Behaviour;

/// <summary>A gateway's process that is asked to stop.</summary>
public sealed class DrainTests
{
    private const string Evaluate = "/api/v1/authorization/evaluate", Question = """{"user":"alice","permission":"a:b"}""";

    [Fact]
    public async Task Signal_RequestUnderWay_GetsItsAnswerThenTheProcessEnds()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        await using var process = NodeProcess.StartGateway("--port", "0", "--silos", $"127.0.0.1:{cluster.Options[0].GatewayPort}", "--drain-delay", "00:00:01");
        var line = await process.OutputAsync("listens on");
        var url = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Split(' ')[0]);
        await Readiness.WaitAsync(url);
        using var slow = (await RawConnection.OpenAsync(url))!;
        await slow.SendAsync(RawConnection.Head(Evaluate, cluster.AdminKey, Question.Length) + Question[..1]);

        process.Signal("TERM");
        var stopping = await Readiness.UntilAsync(url, reply => reply.Status != 200);
        await slow.SendAsync(Question[1..]);

        Assert.Equal((503, "stopping"), (stopping.Status, stopping["status"].GetString()));
        var (status, text) = (await slow.AnswerAsync())!.Value;
        Assert.Equal(200, status);
        Assert.Contains("\"reason\":\"no_assignment\"", text, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", text, StringComparison.Ordinal);
        Assert.Equal(0, (await process.EndAsync()).Code);
    }
}
