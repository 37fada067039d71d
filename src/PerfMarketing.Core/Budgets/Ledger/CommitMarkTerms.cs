using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>The written form of <see cref="CommitMarks"/>: one flag for each, left out when it is not set.</summary>
internal static class CommitMarkTerms
{
    internal static void Write(TermWriter terms, CommitMarks marks)
    {
        terms.Flag("overReserve", marks.HasFlag(CommitMarks.OverReserve));
        terms.Flag("unreserved", marks.HasFlag(CommitMarks.Unreserved));
        terms.Flag("late", marks.HasFlag(CommitMarks.Late));
        terms.Flag("overLimit", marks.HasFlag(CommitMarks.OverLimit));
        terms.Flag("cut", marks.HasFlag(CommitMarks.Cut));
    }

    internal static CommitMarks Read(TermReader terms) =>
        (terms.Flag("overReserve") ? CommitMarks.OverReserve : 0)
        | (terms.Flag("unreserved") ? CommitMarks.Unreserved : 0)
        | (terms.Flag("late") ? CommitMarks.Late : 0)
        | (terms.Flag("overLimit") ? CommitMarks.OverLimit : 0)
        | (terms.Flag("cut") ? CommitMarks.Cut : 0);
}
