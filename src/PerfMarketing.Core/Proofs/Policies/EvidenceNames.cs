using System.Runtime.InteropServices;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Policies;

/// <summary>Collects the ids of the evidence that proves something, each once, as it is named.</summary>
internal sealed class EvidenceNames
{
    private readonly List<EvidenceId> ids = new(4);

    public void Add(EvidenceId id)
    {
        if (!Contains(id))
        {
            ids.Add(id);
        }
    }

    public bool Contains(EvidenceId id) => ids.Contains(id);

    public ValueList<EvidenceId> ToValueList() => ValueList.Create<EvidenceId>(CollectionsMarshal.AsSpan(ids));
}
