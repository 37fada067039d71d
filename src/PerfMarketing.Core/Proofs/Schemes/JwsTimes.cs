using System.Text.Json;
using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>The times that a JSON Web Token claims (RFC 7519 §4.1.4–6).</summary>
internal readonly struct JwsTimes
{
    /// <summary>When it was issued; null when it does not say so.</summary>
    internal Instant? IssuedAt { get; private init; }

    /// <summary>When it ends; null when it does not say so.</summary>
    internal Instant? ExpiresAt { get; private init; }

    private Instant? NotBefore { get; init; }

    internal static bool TryRead(JsonElement claims, out JwsTimes times)
    {
        bool valid = TryRead(claims, "iat", out Instant? issuedAt);
        valid &= TryRead(claims, "exp", out Instant? expiresAt);
        valid &= TryRead(claims, "nbf", out Instant? notBefore);
        times = new() { IssuedAt = issuedAt, ExpiresAt = expiresAt, NotBefore = notBefore };
        return valid;
    }

    /// <summary>
    /// Why the token does not count at an instant; null when it does. Clocks may differ by 300 seconds, save at the
    /// end, which is exact. A token that does not say when it ends does so 300 seconds after it was issued.
    /// </summary>
    internal Reason? Untimely(Instant at)
    {
        if (at >= ExpiresAt)
        {
            return Reason.Of(ProofReasons.TooOld, ("tolerance", "0s"));
        }

        Reason? early = NotBefore is { } from && from > at ? SignedTime.Check(from, at) : null;
        return early ?? (IssuedAt is { } issued && (ExpiresAt is null || issued > at)
            ? SignedTime.Check(issued, at)
            : null);
    }

    // Seconds since 1970; fractions are allowed and cut off.
    private static bool TryRead(JsonElement claims, string name, out Instant? at)
    {
        at = null;
        if (!claims.TryGetProperty(name, out JsonElement value))
        {
            return true;
        }

        string text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : string.Empty;
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        ReadOnlySpan<char> fraction = dot < 0 ? [] : text.AsSpan(dot + 1);
        bool valid = SignedTime.TryRead(dot < 0 ? text : text.AsSpan(0, dot), out Instant read)
            && !fraction.ContainsAnyExceptInRange('0', '9');
        at = valid ? read : null;
        return valid;
    }
}
