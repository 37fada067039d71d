using PerfMarketing.Primitives;
using PerfMarketing.Tool.Budgets;

namespace PerfMarketing.Tool.Commands;

/// <summary>What <c>simulate</c> is told.</summary>
/// <param name="Budget">The budget's file.</param>
/// <param name="Traffic">The file of the traffic.</param>
internal sealed record SimulateRequest(string Budget, string Traffic)
{
    /// <summary>The paces to replay; the budget's own when empty.</summary>
    public ValueList<SimulatedPace> Paces { get; init; } = [];

    /// <summary>The limit of a day as a part of its forecast demand; null keeps the budget's limit.</summary>
    public double? BudgetShare { get; init; }

    /// <summary>How many requests an average day is scaled to; null keeps the counts of the series.</summary>
    public double? RequestsPerDay { get; init; }

    /// <summary>How many days are measured; null measures all that do not only teach.</summary>
    public int? Days { get; init; }

    /// <summary>What chance is drawn by.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>A file of what a request costs by time; null when all cost what the budget's file says.</summary>
    public string? Prices { get; init; }

    /// <summary>Where a picture of spending and traffic is written; null when none is asked for.</summary>
    public string? Picture { get; init; }

    /// <summary>Whether one JSON object is printed instead of the table.</summary>
    public bool IsJson { get; init; }
}
