using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Remittances;

/// <summary>The word of the bank, or of a person, on a remittance was taken into the books.</summary>
/// <remarks>
/// The first answer counts, until one says that a payment which was confirmed came back. One that contradicts is kept,
/// and no money moves.
/// </remarks>
public sealed record RemittanceAnswer : CampaignRecord
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "remittance-answer";

    /// <summary>The most UTF-16 characters of <see cref="Reference"/> that are kept.</summary>
    public const int ReferenceLengthMax = 500;

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>The remittance.</summary>
    public required RemittanceId Remittance { get; init; }

    /// <summary>What the bank says.</summary>
    public required RemittanceResult Result { get; init; }

    /// <summary>
    /// The bank's own reference, or its reason; null when it gives none. What is longer than
    /// <see cref="ReferenceLengthMax"/> is cut, and what is not valid Unicode is replaced by U+FFFD.
    /// </summary>
    public string? Reference { get; init => field = UnicodeText.Clip(value, ReferenceLengthMax); }

    /// <summary>The person who says so; null when it is the bank.</summary>
    /// <remarks>What is longer than <see cref="ReferenceLengthMax"/> is cut as the reference is.</remarks>
    public string? Author { get; init => field = UnicodeText.Clip(value, ReferenceLengthMax); }

    /// <summary>An answer.</summary>
    /// <param name="remittance">The remittance.</param>
    /// <param name="result">What the bank says.</param>
    /// <param name="at">When it is taken into the books.</param>
    /// <param name="reference">The bank's own reference, or its reason; null when it gives none.</param>
    public static RemittanceAnswer Of(
        RemittanceId remittance, RemittanceResult result, Instant at, string? reference = null) => new()
        {
            OutcomeId = default,
            DecidedAt = at,
            Remittance = remittance,
            Result = result,
            Reference = reference,
        };

    internal static RemittanceAnswer ReadCore(TermReader terms) => new()
    {
        OutcomeId = default,
        DecidedAt = TimeOf(terms),
        Remittance = terms.Value<RemittanceId>("remittance"),
        Result = terms.Enum<RemittanceResult>("result"),
        Reference = terms.OptionalText("reference"),
        Author = terms.OptionalText("author"),
    };

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("remittance", Remittance);
        terms.Enum("result", Result);
        terms.Value("reference", Reference);
        terms.Value("author", Author);
    }
}
