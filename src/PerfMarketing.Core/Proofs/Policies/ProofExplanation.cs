using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Policies;

/// <summary>Collects why a policy is not proven: what is missing, what is over, what contradicts what.</summary>
internal sealed class ProofExplanation
{
    private readonly List<EvidenceKind> missing = [];
    private readonly List<Reason> over = [];
    private readonly HashSet<Reason> refused = [];
    private readonly HashSet<Reason> contradictions = [];
    private readonly SortedSet<EvidenceId> pair = [];

    public ValueList<EvidenceKind> Missing => missing.ToValueList();

    public ValueList<EvidenceId> Pair => [.. pair.Take(RequiredProof.ReasonCountMax)];

    public ValueList<Reason> Contradictions => Listed(contradictions);

    public ValueList<Reason> Reasons => over.Count == 0
        ? Listed(refused)
        : [.. over.Distinct().Take(RequiredProof.ReasonCountMax), .. Listed(refused)];

    public void Miss(EvidenceKind kind)
    {
        if (!missing.Contains(kind))
        {
            missing.Add(kind);
        }
    }

    public void End(Reason reason) => over.Add(reason);

    public void Refuse(Reason reason) => refused.Add(reason);

    public void Contradict(Reason reason, params ReadOnlySpan<EvidenceId> evidence)
    {
        contradictions.Add(reason);
        foreach (EvidenceId id in evidence)
        {
            pair.Add(id);
        }
    }

    private static ValueList<Reason> Listed(HashSet<Reason> reasons) => reasons
        .OrderBy(static reason => reason.ToString(), StringComparer.Ordinal)
        .Take(RequiredProof.ReasonCountMax)
        .ToValueList();
}
