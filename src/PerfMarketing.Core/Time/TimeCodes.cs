namespace PerfMarketing.Time;

/// <summary>The codes of what can be wrong with terms of time.</summary>
public static class TimeCodes
{
    /// <summary>A zone id is empty, longer than 64 characters, or has a character that no zone id has.</summary>
    public const string ZoneMalformed = "time.zone-malformed";

    /// <summary>A zone id is not in the time zone database. Value: <c>zone</c>.</summary>
    public const string ZoneUnknown = "time.zone-unknown";
}
