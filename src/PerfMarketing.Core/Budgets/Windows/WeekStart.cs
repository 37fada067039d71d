namespace PerfMarketing.Budgets.Windows;

/// <summary>On which day a week begins.</summary>
public enum WeekStart
{
    /// <summary>On Monday, as in ISO 8601.</summary>
    Monday,

    /// <summary>On Sunday, as with Meta.</summary>
    Sunday,
}
