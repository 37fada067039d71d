namespace PerfMarketing.Budgets.Ledger;

/// <summary>An amount as lines of money count it, in minor units, and as lines of pieces do.</summary>
internal readonly record struct LedgerUnits(long Money, long Count)
{
    public static LedgerUnits operator -(LedgerUnits left, LedgerUnits right) =>
        new(left.Money - right.Money, left.Count - right.Count);

    public static LedgerUnits operator +(LedgerUnits left, LedgerUnits right) =>
        new(left.Money + right.Money, left.Count + right.Count);

    internal long Of(LineWindow window) => window.Line.Terms.IsCounted ? Count : Money;

    internal bool Covers(LedgerUnits other) => other.Money <= Money && other.Count <= Count;
}
