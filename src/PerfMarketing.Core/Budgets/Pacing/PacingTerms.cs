using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Pacing;

/// <summary>How a budget is spread over its window; the pace never lets more through than the budget has.</summary>
/// <remarks>The defaults need no tuning, from some 60 requests a window on.</remarks>
public sealed record PacingTerms : ITerms
{
    /// <summary>The most points that a curve of one's own may have.</summary>
    public const int PointsMax = 96;

    /// <summary>The highest <see cref="Burst"/>.</summary>
    public const int BurstMax = 1_000;

    /// <summary>How fast the budget may be used; <see cref="PacingMode.Forecast"/> by default.</summary>
    public PacingMode Mode { get; init; }

    /// <summary>How far ahead of the traffic <see cref="PacingMode.Ahead"/> is; 20 % by default.</summary>
    public Percentage Ahead { get; init; } = Percentage.FromPercent(20);

    /// <summary>The curve of <see cref="PacingMode.Custom"/>, in order; straight between the points.</summary>
    public ValueList<PacingPoint> Points { get; init; } = [];

    /// <summary>
    /// How many times the planned amount may be used in one minute at most; 10 by default, 3 is guarded.
    /// </summary>
    public int Burst { get; init; } = 10;

    /// <summary>
    /// Which part of the traffic is left at the end when all goes to plan; 2 % by default, so that a day that ends
    /// weaker than expected still uses its budget.
    /// </summary>
    public Percentage FinishEarly { get; init; } = Percentage.FromPercent(2);

    /// <summary>
    /// Whether the same id is always decided alike at the same pass rate: by a hash of the id instead of in turn.
    /// In turn, the default, keeps closer to the plan.
    /// </summary>
    public bool ByIdentity { get; init; }

    /// <summary>
    /// The least that what is bought shall be worth on average, as a multiple of its cost: 4 for a return on ad spend
    /// of 400 %; 1 for a target cost per result, where the worth of a request is its chance of a result times that
    /// target. Null when there is no such target.
    /// </summary>
    public decimal? TargetReturn { get; init; }

    /// <summary>Reads terms of a pace.</summary>
    /// <param name="terms">The terms.</param>
    public static PacingTerms Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        PacingTerms standard = new();
        return new()
        {
            Mode = terms.Enum("mode", standard.Mode),
            Ahead = terms.Value("ahead", standard.Ahead),
            Points = terms.List("points", PacingPoint.Read, 0, PointsMax),
            Burst = terms.Int("burst", standard.Burst),
            FinishEarly = terms.Value("finishEarly", standard.FinishEarly),
            ByIdentity = terms.Flag("byIdentity"),
            TargetReturn = terms.OptionalNumber("targetReturn"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        PacingTerms standard = new();
        terms.Enum("mode", Mode, standard.Mode);
        terms.Value("ahead", Ahead, standard.Ahead);
        terms.List("points", Points);
        if (Burst != standard.Burst)
        {
            terms.Integer("burst", Burst);
        }

        terms.Value("finishEarly", FinishEarly, standard.FinishEarly);
        terms.Flag("byIdentity", ByIdentity);
        terms.Number("targetReturn", TargetReturn);
    }
}
