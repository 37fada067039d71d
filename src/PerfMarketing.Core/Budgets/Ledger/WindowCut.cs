using PerfMarketing.Budgets.Windows;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>What a window may use, and the state of its line that this follows from.</summary>
internal sealed record WindowCut(long Version, WindowLimit Limit);
