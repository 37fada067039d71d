using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using NodaTime;
using NodaTime.TimeZones;
using PerfMarketing.Primitives;

namespace PerfMarketing.Time;

/// <summary>Finds time zones by their ids, as contracts name them.</summary>
/// <remarks>
/// Ids are those of the IANA time zone database, case-sensitive; ids of an operating system are not known.
/// </remarks>
public static class ContractZone
{
    /// <summary>The most characters of a zone id.</summary>
    public const int LengthMax = 64;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/");

    /// <summary>The version of the time zone database by whose rules zones are read, such as <c>2026b</c>.</summary>
    public static string Rules => TzdbDateTimeZoneSource.Default.TzdbVersion;

    /// <summary>The zone with an id.</summary>
    /// <param name="id">The id, such as <c>Europe/Berlin</c> or <c>UTC</c>.</param>
    /// <param name="zone">The zone; null when there is none.</param>
    public static bool TryFind([NotNullWhen(true)] string? id, [NotNullWhen(true)] out DateTimeZone? zone)
    {
        zone = IsWellFormed(id) && TzdbDateTimeZoneSource.Default.CanonicalIdMap.ContainsKey(id)
            ? DateTimeZoneProviders.Tzdb[id]
            : null;
        return zone is not null;
    }

    /// <summary>What is wrong with a zone id.</summary>
    /// <param name="id">The id.</param>
    /// <returns>
    /// Null when the zone is known; else <see cref="TimeCodes.ZoneMalformed"/>, or <see cref="TimeCodes.ZoneUnknown"/>
    /// with the id.
    /// </returns>
    public static Reason? Check(string? id)
    {
        if (!IsWellFormed(id))
        {
            return new(TimeCodes.ZoneMalformed);
        }

        return TryFind(id, out _) ? null : Reason.Of(TimeCodes.ZoneUnknown, ("zone", id));
    }

    private static bool IsWellFormed([NotNullWhen(true)] string? id) =>
        id is { Length: > 0 and <= LengthMax } && !id.AsSpan().ContainsAnyExcept(Allowed);
}
