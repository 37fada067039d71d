using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Claims;
using PerfMarketing.Proofs.Policies;

namespace PerfMarketing.Proofs.Delivery;

/// <summary>How a contract reads the delivery statuses of a provider, and which of them count.</summary>
/// <remarks>
/// Only a field that the signature covers is read: a status that anybody could have written leaves the result open.
/// </remarks>
/// <param name="Table">The name of a table of <see cref="DeliveryStates"/>.</param>
/// <param name="Field">The name of the covered claim that holds the status, such as <c>delivery-status</c>.</param>
public sealed record DeliveryTerms(string Table, string Field) : ITerms
{
    /// <summary>The most statuses of a contract's own.</summary>
    public const int StatusCountMax = 64;

    /// <summary>The most terms of one contract.</summary>
    public const int CountMax = 16;

    /// <summary>The kind of evidence that reports the status; unset, the default, means any.</summary>
    public EvidenceKind Kind { get; init; }

    /// <summary>
    /// The outcomes that count as the result; <see cref="DeliveryOutcome.Delivered"/> when empty, the default.
    /// </summary>
    /// <remarks>
    /// Who names delivered counts read as well, unless it is weak. Anything else counts only when it is named: accepted
    /// and sent too, and what machines may cause.
    /// </remarks>
    public ValueList<DeliveryOutcome> Counts { get; init; } = [];

    /// <summary>
    /// Statuses that mean something else than the table says, or that it does not have. None by default.
    /// </summary>
    public ValueList<DeliveryStatus> Statuses { get; init; } = [];

    /// <summary>Reads the terms.</summary>
    /// <param name="terms">The terms.</param>
    public static DeliveryTerms Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Text("table"), terms.Text("field"))
        {
            Kind = terms.Value<EvidenceKind>("kind", default),
            Counts = CountsOf(terms),
            Statuses = terms.List("statuses", DeliveryStatus.Read, 0, StatusCountMax),
        };
    }

    /// <summary>What a status says.</summary>
    /// <param name="status">The provider's word; null and what is not known leave the result open.</param>
    public DeliveryReading Read(string? status)
    {
        DeliveryStatus found = Find(status);
        return new(EnumText.Of(found.Outcome), FindingOf(found), found);
    }

    /// <summary>A verdict with its state and finding, read from its covered claims.</summary>
    /// <param name="verdict">
    /// What the verifier said; one that is not valid, or of another kind, is returned as it is.
    /// </param>
    public EvidenceVerdict Apply(EvidenceVerdict verdict) => Apply(verdict, []);

    /// <summary>A verdict with its state and finding, read by the fields that a contract names.</summary>
    /// <param name="verdict">What the verifier said.</param>
    /// <param name="fields">Which field makes which claim; where none does, the claim has the field's own name.</param>
    public EvidenceVerdict Apply(EvidenceVerdict verdict, ValueList<ClaimField> fields)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(fields);
        if (!Fits(verdict))
        {
            return verdict;
        }

        ReadOnlySpan<char> name =
            ClaimCheck.SourceOf(fields.FirstOrDefault(f => f.Claim == Field && f.Fits(verdict)), Field);
        string? status = null;
        int count = 0;
        foreach (EvidenceClaim claim in verdict.Claims)
        {
            if (name.SequenceEqual(claim.Name))
            {
                status = claim.Value;
                count++;
            }
        }

        // A field that stands twice says nothing for certain.
        DeliveryReading reading = Read(count == 1 ? status : null);
        return verdict with { State = reading.State, Finding = reading.Finding };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("table", Table);
        terms.Value("field", Field);
        terms.Value("kind", Kind, default);
        terms.Values("counts", Counts.Select(static o => EnumText.Of(o)).ToValueList());
        terms.List("statuses", Statuses);
    }

    internal bool Fits(EvidenceVerdict verdict) => verdict.IsValid && (Kind.IsUnset || Kind == verdict.Kind);

    private static ValueList<DeliveryOutcome> CountsOf(TermReader terms)
    {
        List<DeliveryOutcome> counts = [];
        foreach (string text in terms.Values<string>("counts"))
        {
            if (EnumText.TryParse(text, out DeliveryOutcome outcome))
            {
                counts.Add(outcome);
            }
            else
            {
                terms.Fail("counts", DeliveryCodes.CountsInvalid, $"There is no delivery outcome '{text}'.");
            }
        }

        return [.. counts];
    }

    private DeliveryStatus Find(string? status)
    {
        foreach (DeliveryStatus own in Statuses)
        {
            if (status is not null && string.Equals(own.Status, status, StringComparison.OrdinalIgnoreCase))
            {
                return own;
            }
        }

        return DeliveryStates.Find(Table)?.Find(status) ?? new(status ?? string.Empty, DeliveryOutcome.Unknown);
    }

    private EvidenceFinding FindingOf(DeliveryStatus found) => found.Outcome switch
    {
        DeliveryOutcome.Failed or DeliveryOutcome.Expired => EvidenceFinding.Failed,
        DeliveryOutcome.Unknown => EvidenceFinding.Undecided,
        var outcome when IsNamed(outcome) => EvidenceFinding.Happened,
        DeliveryOutcome.Read when !found.IsWeak && IsNamed(DeliveryOutcome.Delivered) => EvidenceFinding.Happened,
        _ => EvidenceFinding.Undecided,
    };

    // A weak status counts only where its outcome is named; of delivered there is no weak kind, unless a contract
    // makes one.
    private bool IsNamed(DeliveryOutcome outcome) =>
        Counts.Count == 0 ? outcome == DeliveryOutcome.Delivered : Counts.Contains(outcome);
}
