using AuthzCluster.Hosting.Configuration;

namespace AuthzCluster.Hosting.Finality;

/// <summary>What can be set of leases. What the values must be together is <see cref="FinalityOptions.Checked"/>'s.</summary>
public static class FinalityOptionTable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1), Minute = TimeSpan.FromMinutes(1);

    /// <summary>In the order of the help.</summary>
    public static IReadOnlyList<Option<FinalityOptions>> All { get; } =
    [
        new("--lease-duration", "LeaseDuration", "how long a silo answers without the database, and writes wait for one that is lost, hh:mm:ss (default 00:00:05)", (options, text) =>
            options with { Duration = OptionText.Time(text, TimeSpan.FromSeconds(3), Minute) }),
        new("--lease-margin", "LeaseMargin", "by how much clocks may differ within a lease; writes wait for this too, hh:mm:ss (default 00:00:01)", (options, text) =>
            options with { Margin = OptionText.Time(text, Second, Minute) }),
        new("--lease-renewal", "LeaseRenewal", "how often a silo asks the database whether it may go on, hh:mm:ss (default 00:00:01)", (options, text) =>
            options with { Renewal = OptionText.Time(text, Second, Minute) }),
        new("--announce-timeout", "AnnounceTimeout", "how long a silo may take to confirm a change, before it is fenced, hh:mm:ss (default 00:00:01)", (options, text) =>
            options with { Confirmation = OptionText.Time(text, Second, Minute) }),
    ];
}
