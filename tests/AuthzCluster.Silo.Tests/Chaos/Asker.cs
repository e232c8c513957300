using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;

namespace AuthzCluster.Silo.Tests.Chaos;

/// <summary>Asks about everybody, whatever happens, and holds each answer to be a decision or a refusal: never an error, never anything odd.</summary>
internal sealed class Asker(Func<IReadOnlyList<Uri>> gateways, string key, IReadOnlyList<string> users, Random random)
{
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentBag<string> _wrong = [];
    private int _answered, _refused, _unreached;

    /// <summary>How many questions were answered, refused for the moment, and had no gateway to go to.</summary>
    public (int Answered, int Refused, int Unreached) Counts => (_answered, _refused, _unreached);

    public void End() => _over.Cancel();

    public async Task RunAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        while (!_over.IsCancellationRequested)
        {
            var there = gateways();
            var question = new { user = users[random.Next(users.Count)], permission = $"stays-{random.Next(3)}:use" };
            try
            {
                using var answer = await http.PostAsJsonAsync(new Uri(there[random.Next(there.Count)], "/api/v1/authorization/evaluate"), question);
                switch (answer.StatusCode)
                {
                    case HttpStatusCode.OK:
                        Interlocked.Increment(ref _answered);
                        break;
                    case HttpStatusCode.ServiceUnavailable:
                        Interlocked.Increment(ref _refused);
                        break;
                    default:
                        _wrong.Add($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                        break;
                }
            }
            catch (HttpRequestException)
            {
                Interlocked.Increment(ref _unreached);
            }
        }
        Assert.Empty(_wrong);
    }
}
