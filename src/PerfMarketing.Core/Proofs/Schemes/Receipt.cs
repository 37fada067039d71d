using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>The scheme <c>receipt</c>: the host found an order or invoice by its id, and says what it found.</summary>
/// <remarks>
/// The host looks the id up in the advertiser's shop, accounts or bank, and hands over id and findings as a form:
/// <c>amount=19999&amp;currency=EUR</c>. That is the host's own word, so strength is
/// <see cref="ProofStrength.Asserted"/> and contracts have to say that this is enough; the findings are claims as the
/// host's word goes. The id is the replay key, so that one receipt proves one outcome; a second look-up that found
/// something else is a conflict.
/// </remarks>
public sealed class Receipt : EvidenceScheme
{
    private static readonly ValueList<string> CoveredParts = ["id", "form"];

    private Receipt()
    {
    }

    /// <summary>The scheme.</summary>
    public static Receipt Instance { get; } = new();

    /// <inheritdoc/>
    public override SchemeId Id => SchemeId.Receipt;

    /// <inheritdoc/>
    protected override EvidenceVerdict VerifyCore(EvidenceInput input, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Id is not { IsUnset: false } id)
        {
            return Invalid(input, new(ProofReasons.NoReplayKey));
        }

        List<FormField> fields = [];
        bool isForm = FormField.TryRead(input.Body.Span, fields);
        FormField[] sorted = [.. fields.OrderBy(static f => f.Name, StringComparer.Ordinal)];
        if (!isForm || sorted.DistinctBy(static f => f.Name).Count() < sorted.Length)
        {
            return Invalid(input, Reason.Of(ProofReasons.Malformed, ("part", "form")));
        }

        CanonicalWriter said = new("receipt");
        foreach (FormField field in sorted)
        {
            said.Text(field.Name).Text(field.Value);
        }

        return EvidenceVerdict.Asserted(input.Kind, id, input.ReceivedAt) with
        {
            Scheme = SchemeId.Receipt,
            Covered = CoveredParts,
            Claims = FormField.Claims(sorted),
            Content = Digest.Of(said.WrittenSpan),
        };
    }
}
