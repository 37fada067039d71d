namespace PerfMarketing.Budgets.Pacing;

/// <summary>How fast a budget may be used within its window.</summary>
public enum PacingMode
{
    /// <summary>
    /// What is left is spread over the traffic that is still expected, anew each minute; where callers say what a
    /// request is worth, the best ones are taken. The default.
    /// </summary>
    Forecast,

    /// <summary>Whatever comes is taken until the budget is used up.</summary>
    AsSoonAsPossible,

    /// <summary>By the clock: at half of the window, half of the budget.</summary>
    Even,

    /// <summary>By the clock, and faster at first: 40 % above what is needed at the start, 5 % at the end.</summary>
    FrontLoaded,

    /// <summary>As the traffic comes, but ahead of it by <see cref="PacingTerms.Ahead"/>.</summary>
    Ahead,

    /// <summary>By a curve that the terms state in <see cref="PacingTerms.Points"/>.</summary>
    Custom,

    /// <summary>As the traffic of earlier days came.</summary>
    Learned,

    /// <summary>As the traffic of earlier days came, held by a controller with feedback.</summary>
    Feedback,

    /// <summary>
    /// A price on money that rises when too much is spent; only for more than some 5,000 requests in a window.
    /// </summary>
    Dual,
}
