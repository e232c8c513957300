using AuthzCluster.Domain.Webhooks;

namespace AuthzCluster.Domain.Tests.Webhooks;

public sealed class WebhookEditorTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly WebhookState State = WebhookEditor.Make("w", new WebhookDraft { Url = "https://hooks.example.com/" }, "whsec_", "user:ann", 10, Noon).Value!.State;

    [Fact]
    public void Advance_WhereTheCursorWasMoved_CountsForNothing() => Assert.Null(WebhookEditor.Advance(State, new WebhookProgress(9, 12), Noon));

    [Fact]
    public void Advance_Failures_ArePausedLongerAndLongerThenGivenUp()
    {
        var (state, pauses) = (State, new List<TimeSpan>());
        var failed = new WebhookProgress(10, 10) { Failed = new DeadLetter(11, "e", "role.created", Noon, 0, "no"), MostAttempts = 4, FirstPause = TimeSpan.FromSeconds(4) };
        for (var attempt = 1; attempt < 4; attempt++)
        {
            state = WebhookEditor.Advance(state, failed, Noon)!;
            Assert.Equal((attempt, 10), (state.Hook.Failures, state.Hook.Cursor));
            Assert.Empty(state.Dead);
            pauses.Add(state.Hook.NextAttempt!.Value - Noon);
        }
        Assert.InRange(pauses[0], TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5));
        Assert.InRange(pauses[1], TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(10));
        Assert.InRange(pauses[2], TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(20));
        state = WebhookEditor.Advance(state, failed, Noon)!;
        Assert.Equal((0, 11, 1), (state.Hook.Failures, state.Hook.Cursor, state.Hook.GivenUp));
        Assert.Equal((11, 4, "no"), (state.Dead[0].Sequence, state.Dead[0].Attempts, state.Dead[0].Error));
    }

    [Fact]
    public void Advance_Delivered_BeginsAnew()
    {
        var failing = State with { Hook = State.Hook with { Failures = 3, LastError = "no", NextAttempt = Noon } };
        var hook = WebhookEditor.Advance(failing, new WebhookProgress(10, 14) { HasDelivered = true }, Noon)!.Hook;
        Assert.Equal((14, 0, null, null, Noon), (hook.Cursor, hook.Failures, hook.LastError, hook.NextAttempt, hook.DeliveredAt));
    }

    [Fact]
    public void PauseOf_ManyFailures_IsAtMostAnHourAndAQuarter() =>
        Assert.All(Enumerable.Range(1, 200), failures => Assert.InRange(
            WebhookEditor.PauseOf("w", 1, failures, TimeSpan.FromSeconds(5)), TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(75)));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(11, true)]
    [InlineData(12, false)]
    public void Replay_OfWhatWasNotReached_IsRefused(long from, bool isAllowed) => Assert.Equal(isAllowed, WebhookEditor.Replay(State, from, Noon).IsOk);
}
