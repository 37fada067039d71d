using PerfMarketing.Monetary;

namespace PerfMarketing.Events;

/// <summary>What is true of one line of an order after its corrections.</summary>
/// <param name="Line">The line's position in the order, from 0.</param>
/// <param name="Worth">
/// What the line is worth, with its share of the order's discount taken off, before returns.
/// </param>
/// <param name="Kept">What of this is kept.</param>
/// <param name="KeptQuantity">How many are kept.</param>
public sealed record LineTruth(int Line, Money Worth, Money Kept, decimal KeptQuantity);
