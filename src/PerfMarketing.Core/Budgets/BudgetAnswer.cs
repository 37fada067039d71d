namespace PerfMarketing.Budgets;

/// <summary>A decision and, when it is a new one, the entry that records it.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Entry">
/// What to append to the budget's stream and then to <see cref="BudgetState.Apply"/>; null when there is nothing new:
/// the decision repeats an earlier one, or refuses something that contradicts it.
/// </param>
public readonly record struct BudgetAnswer(BudgetDecision Decision, BudgetEntry? Entry);
