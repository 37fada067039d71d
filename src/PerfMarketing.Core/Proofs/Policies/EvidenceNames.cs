using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Policies;

/// <summary>Collects the ids of the evidence that proves something, each once, as it is named.</summary>
internal sealed class EvidenceNames
{
    private EvidenceId[] ids = new EvidenceId[4];
    private int count;

    public void Add(EvidenceId id)
    {
        if (Contains(id))
        {
            return;
        }

        if (count == ids.Length)
        {
            Array.Resize(ref ids, 2 * count);
        }

        ids[count++] = id;
    }

    public bool Contains(EvidenceId id) => ids.AsSpan(0, count).Contains(id);

    public ValueList<EvidenceId> ToValueList() => ValueList.Create<EvidenceId>(ids.AsSpan(0, count));
}
