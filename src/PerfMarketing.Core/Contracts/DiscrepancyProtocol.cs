using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>What is paid for when payer and payee count the same results and come to different numbers.</summary>
/// <remarks>
/// Both counts are of one contract and one period. As long as they differ by no more than the tolerance, which itself
/// is still within, the controlling count is paid for; beyond, the policy says what.
/// </remarks>
/// <param name="Controlling">Whose count is paid for.</param>
public sealed record DiscrepancyProtocol(CountingParty Controlling) : ITerms
{
    /// <summary>The greatest count.</summary>
    public const decimal CountMax = 1_000_000_000_000_000m;

    /// <summary>The usual tolerance: 10 %.</summary>
    public static Percentage StandardTolerance { get; } = Percentage.FromPercent(10);

    /// <summary>How much the counts may differ; 10 % by default.</summary>
    public Percentage Tolerance { get; init; } = StandardTolerance;

    /// <summary>What the tolerance is a percentage of; the controlling count by default.</summary>
    public DiscrepancyBase ToleranceOf { get; init; }

    /// <summary>What counts beyond the tolerance; nothing until people agree, by default.</summary>
    public DiscrepancyPolicy Beyond { get; init; }

    /// <summary>Reads a protocol.</summary>
    /// <param name="terms">The terms.</param>
    public static DiscrepancyProtocol Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Enum<CountingParty>("controlling"))
        {
            Tolerance = terms.Value("tolerance", StandardTolerance),
            ToleranceOf = terms.Enum("toleranceOf", DiscrepancyBase.Controlling),
            Beyond = terms.Enum("beyond", DiscrepancyPolicy.Dispute),
        };
    }

    /// <summary>What is paid for.</summary>
    /// <param name="payer">The payer's count, from 0 to <see cref="CountMax"/>.</param>
    /// <param name="payee">The payee's count, from 0 to <see cref="CountMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is out of range.</exception>
    /// <exception cref="InexactArithmeticException">
    /// A count has so many decimals that its tolerance is inexact.
    /// </exception>
    public DiscrepancyResolution Resolve(decimal payer, decimal payee)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payer);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payer, CountMax);
        ArgumentOutOfRangeException.ThrowIfNegative(payee);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payee, CountMax);
        (decimal controlling, decimal other) = Controlling == CountingParty.Payer ? (payer, payee) : (payee, payer);
        decimal tolerated = Exact.Trim(Exact.Multiply(BaseOf(controlling, other), Tolerance.Fraction));
        decimal difference = Math.Abs(controlling - other);
        bool isWithin = difference <= tolerated;
        return new()
        {
            Count = isWithin ? controlling : CountBeyond(controlling, other),
            Controlling = controlling,
            Other = other,
            Difference = difference,
            Tolerated = tolerated,
            IsWithin = isWithin,
            Reason = Explain(controlling, other, difference, tolerated, isWithin),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("controlling", Controlling);
        terms.Value("tolerance", Tolerance, StandardTolerance);
        terms.Enum("toleranceOf", ToleranceOf, DiscrepancyBase.Controlling);
        terms.Enum("beyond", Beyond, DiscrepancyPolicy.Dispute);
    }

    private decimal BaseOf(decimal controlling, decimal other) => ToleranceOf switch
    {
        DiscrepancyBase.Other => other,
        DiscrepancyBase.Higher => Math.Max(controlling, other),
        DiscrepancyBase.Lower => Math.Min(controlling, other),
        _ => controlling,
    };

    private decimal? CountBeyond(decimal controlling, decimal other) => Beyond switch
    {
        DiscrepancyPolicy.Controlling => controlling,
        DiscrepancyPolicy.ControllingPlusTolerance => other <= controlling
            ? controlling
            : Math.Min(other, controlling + Exact.Multiply(controlling, Tolerance.Fraction)),
        DiscrepancyPolicy.Average => Exact.Multiply(controlling + other, 0.5m),
        DiscrepancyPolicy.Lower => Math.Min(controlling, other),
        _ => null,
    };

    private Reason Explain(
        decimal controlling, decimal other, decimal difference, decimal tolerated, bool isWithin) => isWithin
        ? Reason.Of(
            DiscrepancyCodes.Within,
            ("controlling", controlling),
            ("other", other),
            ("difference", difference),
            ("tolerated", tolerated))
        : Reason.Of(
            DiscrepancyCodes.Beyond,
            ("controlling", controlling),
            ("other", other),
            ("difference", difference),
            ("tolerated", tolerated),
            ("policy", EnumText.Of(Beyond)));
}
