using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Windows;

/// <summary>What a budget may use in the window of an instant, and why; in minor units or pieces.</summary>
/// <remarks>
/// Where days share a window, what a day may use by itself is <c>Base + RolledOver + Carried</c>. Where it may borrow,
/// <see cref="Borrowed"/> comes on top; <see cref="Flex"/> and what is left of the whole bound both.
/// </remarks>
public sealed record WindowLimit
{
    /// <summary>
    /// The window: the day where days share a limit or where it rolls. Outside of a flight it is the flight.
    /// </summary>
    public required BudgetWindow Window { get; init; }

    /// <summary>The window whose days share the limit, or the rolling days; else the same as the window.</summary>
    public required BudgetWindow Whole { get; init; }

    /// <summary>The most that the window may use in all; never negative.</summary>
    public long Limit { get; init; }

    /// <summary>What the window used so far.</summary>
    public long Used { get; init; }

    /// <summary>What the window may still use; 0 where a limit was lowered below what is used.</summary>
    public long Left => Limit <= Used ? 0 : (long)Int128.Min((Int128)Limit - Used, long.MaxValue);

    /// <summary>
    /// When the next window begins that has something to use; while something is left, when the next window begins.
    /// Null when there is none.
    /// </summary>
    public Instant? ResetsAt { get; init; }

    /// <summary>Which rule decides.</summary>
    public WindowRule Rule { get; init; }

    /// <summary>The window's own limit; of a day, its share of the whole.</summary>
    public long Base { get; init; }

    /// <summary>What earlier windows left over and is not used yet.</summary>
    public long RolledOver { get; init; }

    /// <summary>
    /// What the days before left over, since the window began or the limit changed; negative where they used too much.
    /// </summary>
    public long Carried { get; init; }

    /// <summary>What the day may take from later days.</summary>
    public long Borrowed { get; init; }

    /// <summary>The most that one day may use; null where that is not limited.</summary>
    public long? Flex { get; init; }

    /// <summary>The most that the whole window may use in all.</summary>
    public long WholeLimit { get; init; }

    /// <summary>What the whole window used so far.</summary>
    public long WholeUsed { get; init; }

    /// <summary>Why the window may use what it may: one of <see cref="BudgetWindowReasons"/>.</summary>
    public Reason Why => Rule switch
    {
        WindowRule.Limit => Reason.Of(
            BudgetWindowReasons.Limit,
            ("limit", Limit), ("base", Base), ("rolled-over", RolledOver), ("used", Used)),
        WindowRule.Share => Reason.Of(
            BudgetWindowReasons.Share,
            ("limit", Limit), ("share", Base), ("rolled-over", RolledOver), ("carried", Carried), ("used", Used)),
        WindowRule.Flex => Reason.Of(
            BudgetWindowReasons.Flex,
            ("limit", Limit), ("share", Base), ("rolled-over", RolledOver), ("carried", Carried),
            ("borrowed", Borrowed), ("used", Used)),
        WindowRule.Whole => Reason.Of(
            BudgetWindowReasons.Whole,
            ("limit", Limit), ("whole-limit", WholeLimit), ("whole-used", WholeUsed), ("used", Used)),
        WindowRule.NotBegun => new(BudgetWindowReasons.NotBegun),
        _ => new(BudgetWindowReasons.OutsideFlight),
    };
}
