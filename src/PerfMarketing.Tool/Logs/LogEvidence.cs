using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Tool.Logs;

/// <summary>A line of a log that says what proves an outcome.</summary>
/// <remarks>
/// Usually the host's own word: <c>kind</c> and <c>id</c>. A host that verified a signed message writes the whole
/// <c>verdict</c> instead of the kind.
/// </remarks>
/// <param name="Id">The id under which its provider knows it.</param>
/// <param name="Outcome">The outcome it is about.</param>
/// <param name="Verdict">What a verifier said; received when it was written down.</param>
internal sealed record LogEvidence(EvidenceId Id, OutcomeId Outcome, EvidenceVerdict Verdict) : ITerms
{
    /// <summary>When it was written down.</summary>
    public Instant RecordedAt => Verdict.ReceivedAt;

    /// <summary>Reads a line.</summary>
    /// <param name="terms">The terms.</param>
    public static LogEvidence Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        EvidenceId id = terms.Value<EvidenceId>("id");
        OutcomeId outcome = terms.Value<OutcomeId>("outcome");
        if (terms.Has("verdict"))
        {
            return new(id, outcome, terms.Object("verdict", EvidenceVerdict.Read));
        }

        EvidenceKind kind = terms.Value<EvidenceKind>("kind");
        Instant at = terms.Instant("at");
        Instant recordedAt = terms.OptionalInstant("recordedAt") ?? at;
        return new(id, outcome, EvidenceVerdict.Asserted(kind, id, at) with { ReceivedAt = recordedAt });
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("id", Id);
        terms.Value("outcome", Outcome);
        if (Verdict.AssertedAt is { } at
            && Verdict == EvidenceVerdict.Asserted(Verdict.Kind, Id, at) with { ReceivedAt = RecordedAt })
        {
            terms.Value("kind", Verdict.Kind);
            terms.Instant("at", at);
            terms.Instant("recordedAt", RecordedAt == at ? null : RecordedAt);
        }
        else
        {
            terms.Terms("verdict", Verdict);
        }
    }
}
