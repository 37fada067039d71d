using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Policies;

/// <summary>Several policies of which some number has to be satisfied.</summary>
public abstract record CompositePolicy : EvidencePolicy
{
    private const int PartsOnStack = 8;

    private protected CompositePolicy(ValueList<ProofPolicy> of) => Of = of;

    /// <summary>The policies, each with its own conditions; at least one.</summary>
    public ValueList<ProofPolicy> Of { get; init; }

    /// <summary>How many of them have to be satisfied.</summary>
    public abstract int Needed { get; }

    /// <inheritdoc/>
    internal sealed override ValueList<ProofPolicy> Parts => Of;

    /// <inheritdoc/>
    internal sealed override ProofStrength RulingStrength
    {
        get
        {
            ProofStrength strongest = ProofStrength.Asserted;
            foreach (ProofPolicy part in Of)
            {
                ProofStrength own = part is EvidencePolicy policy ? policy.RulingStrength : ProofStrength.Mac;
                strongest = own > strongest ? own : strongest;
            }

            return strongest;
        }
    }

    /// <inheritdoc/>
    internal sealed override ProofStanding StandingCore(ProofCase proof)
    {
        Span<ProofStanding> parts = Of.Count <= PartsOnStack
            ? stackalloc ProofStanding[PartsOnStack]
            : new ProofStanding[Of.Count];
        parts = parts[..Of.Count];
        (int proven, int alive, bool isContradicted) = (0, 0, false);
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = StandingOf(Of[i], proof);
            proven += parts[i].Kind == ProofStandingKind.Proven ? 1 : 0;
            alive += parts[i].Kind == ProofStandingKind.Closed ? 0 : 1;
            isContradicted |= parts[i].Kind == ProofStandingKind.Contradicted;
        }

        return alive < Needed || Needed < 1 ? ProofStanding.Closed
            : isContradicted ? ProofStanding.Contradicted
            : proven >= Needed ? Proven(parts)
            : Waiting(parts, proof.AsOf);
    }

    /// <inheritdoc/>
    internal sealed override void ExplainCore(ProofCase proof, ProofStanding standing, ProofExplanation into)
    {
        if (standing.Kind != ProofStandingKind.Proven)
        {
            foreach (ProofPolicy part in Of)
            {
                Explain(part, proof, into);
            }
        }
    }

    /// <inheritdoc/>
    internal sealed override void Name(ProofCase proof, EvidenceNames into)
    {
        if (Needed >= Of.Count)
        {
            foreach (ProofPolicy part in Of)
            {
                Name(part, proof, into);
            }

            return;
        }

        NameEarliest(proof, into);
    }

    /// <inheritdoc/>
    internal sealed override bool Counts(ProofCase proof, EvidenceVerdict verdict)
    {
        foreach (ProofPolicy part in Of)
        {
            if (part is EvidencePolicy own && own.Counts(proof, verdict))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    internal sealed override RequiredProof? CountedBy(ProofCase proof, EvidenceVerdict verdict, out Instant at)
    {
        RequiredProof? by = null;
        at = ProofStanding.Never;
        foreach (ProofPolicy part in Of)
        {
            if (part is EvidencePolicy own && own.CountedBy(proof, verdict, out Instant partAt) is { } found
                && (by is null || partAt < at))
            {
                (by, at) = (found, partAt);
            }
        }

        return by;
    }

    /// <inheritdoc/>
    internal sealed override void MissAll(ProofExplanation into)
    {
        foreach (ProofPolicy part in Of)
        {
            (part as EvidencePolicy)?.MissAll(into);
        }
    }

    /// <inheritdoc/>
    internal sealed override bool AsksFor(EvidenceKind kind)
    {
        foreach (ProofPolicy part in Of)
        {
            // What an integrator's policy asks for is not known.
            if (part is not EvidencePolicy own || own.AsksFor(kind))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    protected sealed override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        WriteNeeded(terms);
        terms.List("of", Of);
        terms.Enum("coveredClaims", CoveredClaims, CoveredClaims.Required);
    }

    private protected virtual void WriteNeeded(TermWriter terms)
    {
    }

    // As many of the proven parts as are needed, the earliest first.
    private void NameEarliest(ProofCase proof, EvidenceNames into)
    {
        Span<ProofStanding> parts = Of.Count <= PartsOnStack
            ? stackalloc ProofStanding[PartsOnStack]
            : new ProofStanding[Of.Count];
        parts = parts[..Of.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = StandingOf(Of[i], proof);
        }

        bool isIndependent = false;
        for (int chosen = 0; chosen < Needed && Earliest(parts, static p => p.At) is { } place; chosen++)
        {
            isIndependent |= parts[place].IsIndependent;
            parts[place] = ProofStanding.Closed;
            Name(Of[place], proof, into);
        }

        // A voice that does not gain by it, when none of these is one.
        if (!isIndependent && Earliest(parts, static p => p.IndependentAt) is { } other)
        {
            Name(Of[other], proof, into);
        }
    }

    // Of those of one instant the first.
    private static int? Earliest(ReadOnlySpan<ProofStanding> parts, Func<ProofStanding, Instant> time)
    {
        int? earliest = null;
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i].Kind == ProofStandingKind.Proven
                && (earliest is not { } best || time(parts[i]) < time(parts[best])))
            {
                earliest = i;
            }
        }

        return earliest;
    }

    private static void Name(ProofPolicy part, ProofCase proof, EvidenceNames into)
    {
        if (part is EvidencePolicy own)
        {
            own.Name(proof, into);
        }
        else if (part.JudgeCore(proof) is Qualification.Qualified qualified)
        {
            foreach (EvidenceId id in qualified.Evidence)
            {
                into.Add(id);
            }
        }
    }

    // The needed number is reached with the last of the earliest parts, independently when any proven part is so.
    private ProofStanding Proven(Span<ProofStanding> parts)
    {
        Instant at = AtOf(parts);
        Instant independent = ProofStanding.Never;
        Instant? until = Instant.MinValue;
        foreach (ProofStanding part in parts)
        {
            independent = Instant.Min(independent, part.IndependentAt);
            until = part.Kind == ProofStandingKind.Closed ? until
                : part.Until is { } end && until is { } latest ? Instant.Max(latest, end)
                : null;
        }

        return ProofStanding.Proven(
            at, independent < ProofStanding.Never ? Instant.Max(at, independent) : independent, until);
    }

    private Instant AtOf(Span<ProofStanding> parts)
    {
        Instant at = parts[0].At;
        if (Needed == parts.Length)
        {
            foreach (ProofStanding part in parts)
            {
                at = Instant.Max(at, part.At);
            }

            return at;
        }

        parts.Sort(static (a, b) => a.At.CompareTo(b.At));
        return parts[Needed - 1].At;
    }

    // What silence makes of it: parts become proven or are over as their ends pass.
    private ProofStanding Waiting(Span<ProofStanding> parts, Instant asOf)
    {
        parts.Sort(static (a, b) => EndOf(a).CompareTo(EndOf(b)));
        (int proven, int alive) = (0, 0);
        foreach (ProofStanding part in parts)
        {
            proven += part.Kind == ProofStandingKind.Proven && part.At <= asOf ? 1 : 0;
            alive += part.Kind == ProofStandingKind.Closed ? 0 : 1;
        }

        foreach (ProofStanding part in parts)
        {
            bool isHeld = part.Kind == ProofStandingKind.Proven && part.At > asOf;
            if (isHeld || (part is { Kind: ProofStandingKind.Open, BySilence: true }))
            {
                proven++;
            }
            else if (part is { Kind: ProofStandingKind.Open, Until: not null })
            {
                alive--;
            }
            else
            {
                continue;
            }

            if (proven >= Needed || alive < Needed)
            {
                return ProofStanding.Open(isHeld ? part.At : part.Until, proven >= Needed);
            }
        }

        return ProofStanding.Open(until: null);
    }

    private static Instant EndOf(ProofStanding part) => part.Kind == ProofStandingKind.Proven
        ? part.At
        : part.Until ?? ProofStanding.Never;
}
