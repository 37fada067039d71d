using System.Globalization;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts;

/// <summary>The greatest part of a period's results that may be taken back.</summary>
/// <remarks>
/// The limit is a part of a cohort: the outcomes that occurred in a period, or those that were decided in it. A
/// reversal counts against the cohort of its outcome, whenever it comes. Reversals for exempt reasons, such as fraud,
/// are always allowed and use up nothing.
/// </remarks>
/// <param name="Max">The greatest part, from 0 to 100 %.</param>
/// <param name="Of">What is counted: outcomes, or the amounts earned by them.</param>
public sealed record ReversalLimit(Percentage Max, ReversalBase Of) : ITerms
{
    /// <summary>The most exempt reasons.</summary>
    public const int ExemptCountMax = 32;

    private const long Nine = 1_000_000_000;

    /// <summary>Which outcomes belong together. <see cref="ReversalCohort.Occurred"/> by default.</summary>
    public ReversalCohort Cohort { get; init; }

    /// <summary>The period of a cohort, in the contract's zone; a month by default.</summary>
    public PeriodUnit Per { get; init; } = PeriodUnit.Month;

    /// <summary>
    /// Where a part of an outcome or of a minor unit goes. <see cref="ReversalRounding.Down"/> by default.
    /// </summary>
    public ReversalRounding Rounding { get; init; }

    /// <summary>
    /// How long after it occurred an outcome may be reversed, half-open, in whole seconds; leads are usually returned
    /// within 72 hours. Null, the default, for as long as the clause says.
    /// </summary>
    public Duration? Within { get; init; }

    /// <summary>The reasons of corrections that neither the limit nor the time stops; none by default.</summary>
    public ValueList<CorrectionReason> Exempt { get; init; } = [];

    /// <summary>Reads a limit.</summary>
    /// <param name="terms">The terms.</param>
    public static ReversalLimit Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<Percentage>("max"), terms.Enum<ReversalBase>("of"))
        {
            Cohort = terms.Enum("cohort", ReversalCohort.Occurred),
            Per = terms.Enum("per", PeriodUnit.Month),
            Rounding = terms.Enum("rounding", ReversalRounding.Down),
            Within = terms.Optional<DurationText>("within")?.Value,
            Exempt = terms.Values<CorrectionReason>("exempt", 0, ExemptCountMax),
        };
    }

    /// <summary>The cohort of an outcome.</summary>
    /// <param name="occurredAt">When the outcome occurred.</param>
    /// <param name="decidedAt">When it was decided that it is paid.</param>
    /// <param name="calendar">The contract's calendar.</param>
    public CalendarPeriod CohortOf(Instant occurredAt, Instant decidedAt, ContractCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return calendar.Containing(Per, Cohort == ReversalCohort.Decided ? decidedAt : occurredAt);
    }

    /// <summary>Why a reversal comes too late; null when it does not.</summary>
    /// <param name="occurredAt">When the outcome occurred.</param>
    /// <param name="at">When it was reversed.</param>
    /// <param name="reason">Why.</param>
    public Reason? RefuseLate(Instant occurredAt, Instant at, CorrectionReason? reason = null)
    {
        bool isExempt = reason is { } exempt && Exempt.Contains(exempt);
        return Within is { } within && !isExempt && at - occurredAt >= within
            ? Primitives.Reason.Of(
                ReversalCodes.TooLate, ("occurred", occurredAt), ("at", at), ("within", new DurationText(within)))
            : null;
    }

    /// <summary>Decides on a reversal of some outcomes.</summary>
    /// <param name="delivered">How many outcomes the cohort has.</param>
    /// <param name="reversed">How many of them were reversed before, those for exempt reasons aside.</param>
    /// <param name="requested">How many are to be reversed now.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="InvalidOperationException">The limit is one of amounts.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is negative, or there are more outcomes than <see cref="Money.MinorUnitsMax"/>.
    /// </exception>
    public ReversalDecision<long> Judge(
        long delivered, long reversed, long requested, CorrectionReason? reason = null)
    {
        Expect(ReversalBase.Count);
        Check(delivered, reversed, requested);
        return Decide(new(delivered, reversed, requested), reason, static units => (long)units, static n => n);
    }

    /// <summary>Decides on a reversal of an amount.</summary>
    /// <param name="delivered">What the cohort earned.</param>
    /// <param name="reversed">What of it was reversed before, that for exempt reasons aside.</param>
    /// <param name="requested">What is to be reversed now.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="InvalidOperationException">The limit is one of counts.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    /// <exception cref="CurrencyMismatchException">The amounts have different currencies.</exception>
    public ReversalDecision<Money> Judge(
        Money delivered, Money reversed, Money requested, CorrectionReason? reason = null)
    {
        Expect(ReversalBase.Amount);

        // Throws where they are not of one currency.
        _ = Money.Max(Money.Max(delivered, reversed), requested);
        Check(delivered.MinorUnits, reversed.MinorUnits, requested.MinorUnits);
        return Decide(
            new(delivered.MinorUnits, reversed.MinorUnits, requested.MinorUnits),
            reason,
            units => Money.FromMinor((long)units, delivered.Currency),
            units => Money.FromMinor((long)units, delivered.Currency));
    }

    // A cohort may come to more than one amount can be.
    internal ReversalDecision<Int128> JudgeSum(
        Int128 delivered, Int128 reversed, Money requested, CorrectionReason? reason)
    {
        Expect(ReversalBase.Amount);
        decimal scale = Money.FromMinor(1, requested.Currency).Amount;
        return Decide(
            new(delivered, reversed, requested.MinorUnits),
            reason,
            static units => units,
            units => string.Create(
                CultureInfo.InvariantCulture, $"{(decimal)units * scale} {requested.Currency.Code}"));
    }

    /// <summary>Decides on reversals of one cohort, one after the other: each uses up what is left.</summary>
    /// <param name="delivered">How many outcomes the cohort has.</param>
    /// <param name="requests">The reversals, in the order in which they came.</param>
    /// <exception cref="InvalidOperationException">The limit is one of amounts.</exception>
    public ValueList<JudgedReversal<long>> JudgeAll(long delivered, IEnumerable<ReversalRequest<long>> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        List<JudgedReversal<long>> judged = [];
        long reversed = 0;
        foreach (ReversalRequest<long> request in requests)
        {
            ReversalDecision<long> decision = Judge(delivered, reversed, request.Requested, request.Reason);
            reversed += decision.IsExempt ? 0 : decision.Allowed;
            judged.Add(new(request, decision));
        }

        return judged.ToValueList();
    }

    /// <summary>Decides on reversals of one cohort, one after the other: each uses up what is left.</summary>
    /// <param name="delivered">What the cohort earned.</param>
    /// <param name="requests">The reversals, in the order in which they came.</param>
    /// <exception cref="InvalidOperationException">The limit is one of counts.</exception>
    public ValueList<JudgedReversal<Money>> JudgeAll(Money delivered, IEnumerable<ReversalRequest<Money>> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        List<JudgedReversal<Money>> judged = [];
        Money reversed = Money.Zero(delivered.Currency);
        foreach (ReversalRequest<Money> request in requests)
        {
            ReversalDecision<Money> decision = Judge(delivered, reversed, request.Requested, request.Reason);
            reversed = decision.IsExempt ? reversed : reversed + decision.Allowed;
            judged.Add(new(request, decision));
        }

        return judged.ToValueList();
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("max", Max);
        terms.Enum("of", Of);
        terms.Enum("cohort", Cohort, ReversalCohort.Occurred);
        terms.Enum("per", Per, PeriodUnit.Month);
        terms.Enum("rounding", Rounding, ReversalRounding.Down);
        terms.Value("within", !terms.IsWalk && Within is { } time ? new DurationText(time) : (DurationText?)null);
        terms.Values("exempt", Exempt);
    }

    private void Expect(ReversalBase kind)
    {
        if (Of != kind)
        {
            throw new InvalidOperationException("The limit counts something else.");
        }
    }

    private static void Check(long delivered, long reversed, long requested)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(delivered);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delivered, Money.MinorUnitsMax);
        ArgumentOutOfRangeException.ThrowIfNegative(reversed);
        ArgumentOutOfRangeException.ThrowIfNegative(requested);
    }

    private ReversalDecision<T> Decide<T>(
        in Units units, CorrectionReason? reason, Func<Int128, T> of, Func<Int128, object> shown)
        where T : struct
    {
        Int128 limit = LimitOf(units.Delivered);
        if (reason is { } exempt && Exempt.Contains(exempt))
        {
            return new(of(limit), of(units.Reversed), of(units.Requested), of(0))
            {
                IsExempt = true,
                Reason = Primitives.Reason.Of(ReversalCodes.Exempt, ("reason", exempt)),
            };
        }

        Int128 allowed = Int128.Clamp(limit - units.Reversed, 0, units.Requested);
        Int128 refused = units.Requested - allowed;
        return new(of(limit), of(units.Reversed), of(allowed), of(refused))
        {
            Reason = refused == 0 ? null : Primitives.Reason.Of(
                ReversalCodes.OverLimit,
                ("max", Max),
                ("delivered", shown(units.Delivered)),
                ("limit", shown(limit)),
                ("reversed", shown(units.Reversed)),
                ("requested", shown(units.Requested))),
        };
    }

    // Exact in whole numbers: a rate has at most nine decimals.
    private Int128 LimitOf(Int128 delivered)
    {
        Int128 exact = delivered * (Int128)(Max.Fraction * Nine);
        return Rounding switch
        {
            ReversalRounding.Up => (exact + Nine - 1) / Nine,
            ReversalRounding.Nearest => (exact + (Nine / 2)) / Nine,
            _ => exact / Nine,
        };
    }

    private readonly record struct Units(Int128 Delivered, Int128 Reversed, Int128 Requested);
}
