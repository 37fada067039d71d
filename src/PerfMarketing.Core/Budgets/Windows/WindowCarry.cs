using NodaTime;

namespace PerfMarketing.Budgets.Windows;

/// <summary>What rolled over into one window, kept so that older windows need not be known any more.</summary>
/// <param name="Start">The start of the window that it rolled over into.</param>
/// <param name="Carried">How much, in minor units or pieces; not negative.</param>
public readonly record struct WindowCarry(Instant Start, long Carried);
