namespace AuthzCluster.Client.Http;

/// <summary>What an outside engine was asked, in an explanation.</summary>
internal sealed record OutsideStepWire(string? Engine, string? Path, string? Answer, string? Problem, bool FinalWord)
{
    public OutsideStep Read() => new()
    {
        Engine = Engine ?? "",
        Path = Path ?? "",
        Answer = Answer ?? "",
        Problem = Problem,
        IsFinalWord = FinalWord,
    };
}
