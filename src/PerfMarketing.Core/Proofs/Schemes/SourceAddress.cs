using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>Schemes that believe a message for the network that it came from.</summary>
/// <remarks>
/// The host looks up the sender's address in its lists and hands over the name of the class only
/// (<see cref="EvidenceInput.SourceClass"/>), never the address. Strength is <see cref="ProofStrength.Token"/> and
/// nothing is covered: whoever sends from that network says what he likes. There are no keys.
/// </remarks>
public sealed class SourceAddress : EvidenceScheme
{
    private readonly string sourceClass;
    private readonly PartyId? party;

    /// <summary>Makes a scheme for one class of addresses.</summary>
    /// <param name="id">Its name, which carries a prefix and a dot: <c>acme.network</c>.</param>
    /// <param name="sourceClass">The class of addresses that is believed.</param>
    /// <param name="party">Who sends from there; null when it is not said.</param>
    public SourceAddress(SchemeId id, string sourceClass, PartyId? party)
    {
        ArgumentException.ThrowIfNullOrEmpty(sourceClass);
        Id = id;
        this.sourceClass = sourceClass;
        this.party = party;
    }

    /// <inheritdoc/>
    public override SchemeId Id { get; }

    /// <inheritdoc/>
    protected override EvidenceVerdict VerifyCore(EvidenceInput input, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(input);
        List<FormField> fields = [];
        if (!FormField.TryRead(FormField.QueryOf(input.Request?.Url), fields))
        {
            return Invalid(input, Reason.Of(ProofReasons.Malformed, ("part", "query")));
        }

        if (!string.Equals(input.SourceClass, sourceClass, StringComparison.Ordinal))
        {
            return Invalid(input, new(ProofReasons.NoMatch));
        }

        CanonicalWriter said = new("source-content");
        said.Text(input.Request?.Url ?? string.Empty).Text(ContentOf(input).ToString());
        var content = Digest.Of(said.WrittenSpan);
        return new()
        {
            Kind = input.Kind,
            Scheme = input.Scheme,
            Authenticity = Authenticity.Valid,
            Strength = ProofStrength.Token,
            Party = party,
            Uncovered = FormField.Claims(fields),
            ReplayKey = input.Id is { IsUnset: false } id ? id : MessageParts.IdOf(content),
            Content = content,
            ReceivedAt = input.ReceivedAt,
        };
    }
}
