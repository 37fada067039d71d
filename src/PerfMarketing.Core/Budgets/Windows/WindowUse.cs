using NodaTime;

namespace PerfMarketing.Budgets.Windows;

/// <summary>What one window used: committed and reserved.</summary>
/// <param name="Start">The start of the window; of the day where days share a window, or where it rolls.</param>
/// <param name="Used">What was used, in minor units or pieces; below zero where more came back.</param>
public readonly record struct WindowUse(Instant Start, long Used);
