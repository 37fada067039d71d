namespace PerfMarketing.Tool.Journeys;

/// <summary>The codes of why the journeys of a file cannot be attributed.</summary>
internal static class JourneyCodes
{
    /// <summary>There are no journeys in the file.</summary>
    public const string None = "journeys.none";

    /// <summary>A touch has neither channel nor partner.</summary>
    public const string NoChannel = "journeys.no-channel";

    /// <summary>The values are in several currencies, which never mix.</summary>
    public const string Currencies = "journeys.currencies";

    /// <summary>An outcome names no customer, so that it belongs to no journey.</summary>
    public const string NoCustomer = "journeys.no-customer";

    /// <summary>Journeys are to be told apart by a fact, and the file states none.</summary>
    public const string NoFacts = "journeys.no-facts";

    /// <summary>A path has no channel.</summary>
    public const string EmptyPath = "journeys.empty-path";
}
