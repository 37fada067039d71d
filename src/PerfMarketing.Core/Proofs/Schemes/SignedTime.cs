using System.Globalization;
using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>The signed time of a message: its text, and how far it may lie from the receipt.</summary>
internal static class SignedTime
{
    /// <summary>How many seconds it may lie before or after the receipt, both ends included.</summary>
    internal const int ToleranceSeconds = 300;

    // 9999-12-31T23:59:59Z, the last second an instant can hold.
    private const long SecondsMax = 253_402_300_799;

    /// <summary>Reads seconds since 1970; null when they are a time and timely.</summary>
    internal static Reason? Read(ReadOnlySpan<char> text, Instant receivedAt, out Instant signedAt) =>
        TryRead(text, out signedAt) ? Check(signedAt, receivedAt) : new(ProofReasons.BadTimestamp);

    /// <summary>Reads seconds since 1970: digits only and no leading zero, so that one time has one text.</summary>
    internal static bool TryRead(ReadOnlySpan<char> text, out Instant at)
    {
        at = default;
        bool isCanonical = text.Length is >= 1 and <= 12 && !text.ContainsAnyExceptInRange('0', '9')
            && (text[0] != '0' || text.Length == 1);
        if (!isCanonical || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            || seconds > SecondsMax)
        {
            return false;
        }

        at = Instant.FromUnixTimeSeconds(seconds);
        return true;
    }

    /// <summary>Null when a signed time lies near enough to the receipt.</summary>
    internal static Reason? Check(Instant signedAt, Instant receivedAt, int maxAgeSeconds = ToleranceSeconds)
    {
        Duration age = receivedAt - signedAt;
        return age > Duration.FromSeconds(maxAgeSeconds)
            ? Reason.Of(ProofReasons.TooOld, ("tolerance", Seconds(maxAgeSeconds)))
            : age < Duration.FromSeconds(-ToleranceSeconds)
                ? Reason.Of(ProofReasons.TooNew, ("tolerance", Seconds(ToleranceSeconds)))
                : null;
    }

    private static string Seconds(int count) => string.Create(CultureInfo.InvariantCulture, $"{count}s");
}
