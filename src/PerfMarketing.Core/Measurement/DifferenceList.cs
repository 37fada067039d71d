using PerfMarketing.Attribution;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;

namespace PerfMarketing.Measurement;

/// <summary>Finds what two runs pay for differently, and why.</summary>
internal static class DifferenceList
{
    /// <summary>Everything that differs, the greatest difference first.</summary>
    public static ValueList<OutcomeDifference> Between(ComparedRun before, ComparedRun after) =>
        before.Subjects.Union(after.Subjects)
            .SelectMany(subject => Of(subject, before, after))
            .OrderByDescending(static d => Math.Abs(d.Delta.MinorUnits))
            .ThenByDescending(static d => d.Shift)
            .ThenBy(static d => d.Before.Currency.Code, StringComparer.Ordinal)
            .ThenBy(static d => d.Outcome).ThenBy(static d => d.Partner)
            .ThenBy(static d => d.Period, StringComparer.Ordinal).ThenBy(static d => d.Booking)
            .ToValueList();

    private static IEnumerable<OutcomeDifference> Of(DifferenceSubject subject, ComparedRun before, ComparedRun after)
    {
        Dictionary<ComparedRun.Flow, Money> old = before.Flows(before.EntriesOf(subject));
        Dictionary<ComparedRun.Flow, Money> now = after.Flows(after.EntriesOf(subject));
        Reason? reason = null;
        foreach (IGrouping<Currency, PartyChange> currency in Changes(old, now))
        {
            Money cost = Money.Zero(currency.Key);
            ComparedRun.Flow client = new(default, currency.Key);
            yield return new()
            {
                Outcome = subject.Outcome.IsUnset ? null : subject.Outcome,
                Kind = before.State.Find(subject.Outcome)?.Outcome?.Kind,
                Partner = subject.Partner.IsUnset ? null : subject.Partner,
                Period = subject.Period.Length > 0 ? subject.Period : null,
                Booking = subject.Booking.IsUnset ? null : subject.Booking,
                Before = old.GetValueOrDefault(client, cost),
                After = now.GetValueOrDefault(client, cost),
                Reason = reason ??= Why(subject, before, after),
                Parties = currency.Where(static c => !c.Party.IsUnset).ToValueList(),
            };
        }
    }

    // Who keeps something else, by currency and name; the client, whose name is unset, among them.
    private static IEnumerable<IGrouping<Currency, PartyChange>> Changes(
        Dictionary<ComparedRun.Flow, Money> old, Dictionary<ComparedRun.Flow, Money> now) =>
        from flow in old.Keys.Union(now.Keys)
        let none = Money.Zero(flow.Currency)
        let change = new PartyChange(
            flow.Party, old.GetValueOrDefault(flow, none), now.GetValueOrDefault(flow, none))
        where change.Before != change.After
        orderby flow.Currency.Code, flow.Party
        group change by flow.Currency;

    private static Reason Why(DifferenceSubject subject, ComparedRun before, ComparedRun after)
    {
        if (subject.Outcome.IsUnset)
        {
            return new(subject.Booking.IsUnset ? ComparisonReasons.PeriodPayout : ComparisonReasons.Booked);
        }

        OutcomeState? old = before.State.Find(subject.Outcome);
        OutcomeState? now = after.State.Find(subject.Outcome);
        return StageReason(old, now) ?? PlaceReason(old!, now!)
            ?? InvalidReason(before.EntriesOf(subject), after.EntriesOf(subject)) ?? PriceReason(old!, now!);
    }

    // One of them does not pay; null when both do.
    private static Reason? StageReason(OutcomeState? old, OutcomeState? now)
    {
        bool wasPaid = old is { Earnings.Count: > 0 };
        if (wasPaid && now is { Earnings.Count: > 0 })
        {
            return null;
        }

        Qualification? open = (wasPaid ? now : old)?.Decision?.Qualification;
        ValueList<Reason> reasons = open switch
        {
            Qualification.Rejected rejected => rejected.Reasons,
            Qualification.Pending pending => pending.Reasons,
            Qualification.Disputed disputed => disputed.Reasons,
            _ => [],
        };
        string code = open is Qualification.Pending or Qualification.Disputed ? ComparisonReasons.Pending
            : wasPaid ? ComparisonReasons.Refused
            : ComparisonReasons.Accepted;
        return reasons.Count > 0 ? Reason.Of(code, ("because", reasons[0].Code)) : new(code);
    }

    // Another currency, partner or clause; null when all are the same.
    private static Reason? PlaceReason(OutcomeState old, OutcomeState now)
    {
        Earning[] was = EarningsOf(old);
        Earning[] are = EarningsOf(now);
        if (!CurrenciesOf(was).SetEquals(CurrenciesOf(are)))
        {
            return new(ComparisonReasons.OtherCurrency);
        }

        if (!Same(CreditsOf(old), CreditsOf(now), static c => $"{c.Partner} {c.Share}"))
        {
            return new(ComparisonReasons.OtherCredit);
        }

        return Same(was, are, static e => $"{e.Partner} {e.Contract}/{e.Clause}")
            ? null
            : Reason.Of(ComparisonReasons.OtherClause, ("before", ClausesOf(was)), ("after", ClausesOf(are)));
    }

    // An invalidation that takes from one may ask more than the other has: then it takes nothing there.
    private static Reason? InvalidReason(IEnumerable<LedgerEntry> was, IEnumerable<LedgerEntry> are)
    {
        HashSet<BookingId> taken = [.. InvalidationsOf(was)];
        taken.SymmetricExceptWith(InvalidationsOf(are));
        return taken.Count == 0 ? null
            : Reason.Of(ComparisonReasons.OtherInvalidation, ("invalidation", taken.Min()));
    }

    private static IEnumerable<BookingId> InvalidationsOf(IEnumerable<LedgerEntry> entries) =>
        entries.OfType<Adjustment>().Select(static a => a.Invalidated?.Id).OfType<BookingId>();

    private static Reason PriceReason(OutcomeState old, OutcomeState now)
    {
        Earning[] was = EarningsOf(old);
        Earning[] are = EarningsOf(now);
        if (Same(was, are, static e => $"{e.Partner} {e.Contract}/{e.Clause} {e.Amount}"))
        {
            return new(ComparisonReasons.OtherCorrection);
        }

        return Same(was, are, static e => $"{e.Partner} {e.Contract}/{e.Clause} {e.Priced}")
            ? new(ComparisonReasons.OtherRoom)
            : Reason.Of(ComparisonReasons.OtherPrice, ("before", Sum(was)), ("after", Sum(are)));
    }

    private static Earning[] EarningsOf(OutcomeState known) => [.. known.Earnings.Select(static e => e.Earning)];

    private static HashSet<Currency> CurrenciesOf(Earning[] earnings) =>
        [.. earnings.Select(static e => e.Amount.Currency)];

    private static ValueList<Credit> CreditsOf(OutcomeState known) => known.Decision?.Attribution?.Credits ?? [];

    private static string ClausesOf(Earning[] earnings) =>
        string.Join(' ', earnings.Select(static e => $"{e.Contract}/{e.Clause}").Distinct());

    private static Money Sum(Earning[] earnings) =>
        earnings.Aggregate(Money.Zero(earnings[0].Amount.Currency), static (sum, e) => sum + e.Amount);

    private static bool Same<T>(IEnumerable<T> left, IEnumerable<T> right, Func<T, string> text) =>
        left.Select(text).Order(StringComparer.Ordinal).SequenceEqual(
            right.Select(text).Order(StringComparer.Ordinal), StringComparer.Ordinal);
}
