using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Programmes;

/// <summary>Clauses while layers are laid over them, with what each layer changed.</summary>
internal sealed class ClauseLayers(ValueList<ClauseDraft> clauses)
{
    private readonly List<Reason> changes = [];
    private readonly List<Reason> unknown = [];

    public ValueList<ClauseDraft> Clauses { get; private set; } = clauses;

    public ValueList<Reason> Changes => changes.ToValueList();

    // Removals of clauses that no layer below has.
    public ValueList<Reason> Unknown => unknown.ToValueList();

    public ClauseLayers Lay(ClauseOverlay? overlay, string layer)
    {
        if (overlay is null)
        {
            return this;
        }

        List<ClauseDraft> kept = [.. Clauses];
        foreach (ClauseId id in overlay.Removes)
        {
            bool isGone = kept.RemoveAll(c => c.Id == id) > 0;
            (isGone ? changes : unknown).Add(
                Of(isGone ? ProgrammeCodes.ClauseRemoved : ProgrammeCodes.ClauseUnknown, id, layer));
        }

        List<ClauseDraft> added = [];
        foreach (ClauseDraft clause in overlay.Clauses)
        {
            int place = kept.FindIndex(c => c.Id == clause.Id);
            if (place >= 0)
            {
                kept[place] = clause;
            }
            else
            {
                added.Add(clause);
            }

            changes.Add(Of(
                place >= 0 ? ProgrammeCodes.ClauseReplaced : ProgrammeCodes.ClauseAdded, clause.Id, layer));
        }

        Clauses = [.. added, .. kept];
        return this;
    }

    private static Reason Of(string code, ClauseId clause, string layer) =>
        Reason.Of(code, ("clause", clause), ("layer", layer));
}
