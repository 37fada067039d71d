using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>What a confirmation mail asks to confirm.</summary>
/// <param name="List">The list, by its name: 1 to 64 printable ASCII characters.</param>
/// <param name="Subject">Who is to be put on it: a pseudonym, never an address; likewise.</param>
/// <param name="IssuedAt">When the mail is made.</param>
/// <param name="Nonce">An unguessable id of this mail, such as 16 random bytes in hexadecimal digits.</param>
public sealed record OptInRequest(string List, string Subject, Instant IssuedAt, EvidenceId Nonce)
{
    /// <summary>How long after the mail was made it can be confirmed at the earliest. One second by default.</summary>
    public Duration NotBefore { get; init; } = Duration.FromSeconds(1);

    /// <summary>How long it can be confirmed; half-open. Seven days by default.</summary>
    public Duration ValidFor { get; init; } = Duration.FromDays(7);

    internal bool IsSound => Identifier.IsValid(List) && Identifier.IsValid(Subject) && !Nonce.IsUnset
        && IssuedAt > Instant.FromUnixTimeSeconds(0) && IssuedAt < Instant.FromUtc(3000, 1, 1, 0, 0)
        && NotBefore >= Duration.Zero && ValidFor > NotBefore && ValidFor <= Duration.FromDays(365);
}
