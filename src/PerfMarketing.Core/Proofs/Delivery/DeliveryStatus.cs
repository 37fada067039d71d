using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Delivery;

/// <summary>What one status of a provider means.</summary>
/// <param name="Status">The provider's word or number; compared without regard to case.</param>
/// <param name="Outcome">What it means.</param>
public readonly record struct DeliveryStatus(string Status, DeliveryOutcome Outcome) : ITerms
{
    /// <summary>The most characters of a status.</summary>
    public const int LengthMax = 64;

    /// <summary>Whether the provider sends nothing more of the message after it. False by default.</summary>
    public bool IsFinal { get; init; }

    /// <summary>
    /// Whether machines cause it too, such as an image that a mail proxy fetched: then it shows no delivery, and counts
    /// only where a contract names its outcome. False by default.
    /// </summary>
    public bool IsWeak { get; init; }

    /// <summary>Reads a status.</summary>
    /// <param name="terms">The terms.</param>
    public static DeliveryStatus Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Text("status"), terms.Enum<DeliveryOutcome>("outcome"))
        {
            IsFinal = terms.Flag("isFinal"),
            IsWeak = terms.Flag("isWeak"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("status", Status);
        terms.Enum("outcome", Outcome);
        terms.Flag("isFinal", IsFinal);
        terms.Flag("isWeak", IsWeak);
    }
}
