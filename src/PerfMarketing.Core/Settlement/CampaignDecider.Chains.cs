using PerfMarketing.Attribution;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <content>Legs that hang on other legs.</content>
public sealed partial class CampaignDecider
{
    // A leg whose payer is not paid waits, or is refused; so does one whose measure is not decided.
    private Qualification AwaitLegs(Work work, Leg leg, Qualification own)
    {
        return campaign.IsLayered ? AwaitOthers(work, leg, own) : own;
    }

    private Qualification AwaitOthers(Work work, Leg leg, Qualification own)
    {
        if (leg.Contract.Upstream == UpstreamPolicy.BackToBack)
        {
            List<Leg> upstream = work.Legs.FindAll(l => campaign.AsPartner(leg.Contract.Payer) is { } payer
                && l.Credits.Exists(c => c.Partner == payer));
            if (upstream.TrueForAll(static l => l.Decision?.Qualification is Qualification.Rejected))
            {
                return new Qualification.Rejected([upstream.Count == 0
                    ? new(SettlementReasons.UpstreamMissing)
                    : Reason.Of(SettlementReasons.UpstreamRejected, ("contract", upstream[0].Contract.Id))]);
            }

            if (!upstream.Exists(static l => l.Decision?.Qualification is Qualification.Qualified))
            {
                own = Waits(own, upstream.Find(IsOpen)!);
            }
        }

        return work.Legs.Find(l => IsOpen(l) && leg.Clause.Legs.Contains(l.Contract.Id)) is { } measured
            ? Waits(own, measured)
            : own;
    }

    private static bool IsOpen(Leg leg) =>
        leg.Decision?.Qualification is Qualification.Pending or Qualification.Disputed;

    private static Qualification Waits(Qualification own, Leg other)
    {
        Reason reason = Reason.Of(SettlementReasons.LegAwaited, ("contract", other.Contract.Id));
        return own switch
        {
            Qualification.Pending pending => pending with { Reasons = pending.Reasons.Add(reason) },
            Qualification.Disputed => own,
            _ => new Qualification.Pending([], null, [reason]),
        };
    }

    // Whether an earning follows from what others were credited: its payee pays another earning, or it is an override.
    private bool IsDerived(Earning earning, Earning[] all) =>
        (campaign.IsChained || campaign.HasDerived)
        && (campaign.FindContract(earning.Contract, earning.Version) is { PaysCredit: false }
            || all.Any(e => campaign.FindContract(e.Contract, e.Version) is { } other
                && campaign.AsPartner(other.Payer) == earning.Partner));

    // What other legs pay for the whole outcome, as far as the leg's own credits go; nothing where there is no leg.
    private static ValueList<LegAmount> LegsFor(Work work, Leg leg) =>
        leg.Clause.Legs.Count == 0 ? [] : LegsFor(leg.Clause.Legs, work, leg);

    private static ValueList<LegAmount> LegsFor(ValueList<ContractId> legs, Work work, Leg leg) =>
        [.. legs.Select(id => new LegAmount(id, MeasuredBy(work, leg, id)))];

    private static Accrual MeasuredBy(Work work, Leg leg, ContractId id)
    {
        Accrual sum = Accrual.Zero(leg.Contract.Currency);
        long weight = leg.Sources.Sum(static s => s.Weight);
        foreach (Leg other in work.Legs.Where(l => l.Contract.Id == id))
        {
            long common = leg.Sources.Where(s => other.Sources.Any(o => o.Partner == s.Partner))
                .Sum(static s => s.Weight);
            if (common > 0)
            {
                sum += In(sum.Currency, leg.Rates, WholeOf(work, other)).Share(new Ratio(common, weight));
            }
        }

        return sum.Quantise();
    }

    // What a leg pays for the whole outcome: what was priced, or what was earned before; less where a budget cut it.
    private static Accrual WholeOf(Work work, Leg leg)
    {
        Accrual none = Accrual.Zero(leg.Contract.Currency);
        if (leg.Decision is not { Qualification: not Qualification.Rejected } decided)
        {
            return none;
        }

        if (leg.Shares is not { } shares)
        {
            return WholeOf(none, [.. work.Known.Earnings.Select(static e => e.Earning)
                .Where(e => e.Contract == decided.Contract && e.Clause == decided.Clause)
                .Select(static e => ((Accrual)e.Amount, e.Credit))]);
        }

        Money due = Sum(shares.Select(static s => s.Amount));
        return decided.Amount != due || leg.Clause.HasLimits
            ? WholeOf(none, [((Accrual)decided.Amount, leg.Whole)])
            : leg.Clause is { IsCumulative: false, NeedsHistory: false }
            ? shares[0].Payout.Lines.AsEnumerable()
                .Where(static l => l.Code is not (PayoutLineNames.CreditShare or PayoutLineNames.Rounding))
                .Aggregate(none, static (sum, line) => sum + line.Amount)
            : WholeOf(none, [(shares.Aggregate(none, static (sum, s) => sum + s.Counted.Accrued), leg.Whole)]);
    }

    private static Accrual WholeOf(Accrual none, ValueList<(Accrual Amount, Credit Credit)> parts)
    {
        if (parts.Count == 0)
        {
            return none;
        }

        // Of several clauses that add up, a partner's weight counts once.
        long weight = parts.Select(static p => p.Credit).Distinct().Sum(static c => c.Weight);
        return parts.Aggregate(none, static (sum, p) => sum + p.Amount).Share(new Ratio(parts[0].Credit.Total, weight));
    }

    // The same when a correction prices again: what the other earnings are now.
    private ValueList<LegAmount> LegsFor(
        OutcomeState known,
        Contract contract,
        Clause clause,
        ValueList<RateSnapshot> rates,
        IEnumerable<PartnerId> payees)
    {
        if (clause.Legs.Count == 0)
        {
            return [];
        }

        Credit[] sources = SourcesOf(known, contract, payees);
        long weight = sources.Sum(static s => s.Weight);
        List<LegAmount> legs = [];
        foreach (ContractId id in clause.Legs)
        {
            Accrual sum = Accrual.Zero(contract.Currency);
            foreach (IGrouping<ClauseId, EarningState> leg in known.Earnings
                .Where(e => e.Earning.Contract == id).GroupBy(static e => e.Earning.Clause))
            {
                var paid = leg.Select(e => (Earning: e, Sources: SourcesOf(known, e.Earning))).ToList();
                paid.RemoveAll(p => !Array.Exists(sources, s => Brings(p.Sources, s)));
                long common =
                    sources.Where(s => paid.Exists(p => Brings(p.Sources, s))).Sum(static s => s.Weight);
                if (common > 0)
                {
                    sum += WholeOf(Accrual.Zero(contract.Currency), [.. paid.Select(p =>
                        (In(contract.Currency, rates, p.Earning.Net), p.Earning.Earning.Credit))])
                        .Share(new Ratio(common, weight));
                }
            }

            legs.Add(new(id, sum.Quantise()));
        }

        return legs.ToValueList();
    }

    // Legs may go by different parts of the credit of one partner.
    private static bool Brings(Credit[] sources, Credit credit) =>
        Array.Exists(sources, s => s.Partner == credit.Partner);

    private Credit[] SourcesOf(OutcomeState known, Earning earning) =>
        campaign.FindContract(earning.Contract, earning.Version) is { } contract
            ? SourcesOf(known, contract, [earning.Partner])
            : [];

    // The credits that led to payees of a contract: their own, and those of whom they pay, directly or through others.
    private Credit[] SourcesOf(OutcomeState known, Contract contract, IEnumerable<PartnerId> payees)
    {
        Credit[] credits = PermittedOf(known, contract.Id) is { Length: > 0 } permitted
            ? permitted
            : [.. CreditsOf(known).Where(c => campaign.RefuseCredit(c.Partner, known.Outcome!) is null)];
        if (contract.Assists)
        {
            return credits;
        }

        HashSet<PartnerId> partners = [.. contract.IsOverride ? contract.Downline : payees];
        int before;
        do
        {
            before = partners.Count;
            partners.UnionWith(PaidBy(known, partners).ToList());
        }
        while (partners.Count > before);
        return [.. credits.Where(c => partners.Contains(c.Partner))];
    }

    // What a contract permits of the credits, as its legs were decided; empty when that is all of them.
    private static Credit[] PermittedOf(OutcomeState known, ContractId contract) =>
    [
        .. (known.Decision?.Legs ?? []).Where(l => l.Contract == contract).SelectMany(static l => l.Permitted)
            .Distinct(),
    ];

    private ValueList<Credit> CreditsOf(OutcomeState known) => known.Decision?.Attribution is { } attribution
        ? attribution.Credits
        : CreditsOf([.. known.Earnings.Select(static e => e.Earning)]);

    // Who was credited, as far as earnings say it: payers, overrides and assists are not.
    private ValueList<Credit> CreditsOf(Earning[] earnings) =>
        [.. Earned(earnings).Select(static e => e.Credit).Distinct()];

    private IEnumerable<Earning> Earned(Earning[] earnings) => earnings.Where(e => !IsDerived(e, earnings));

    // Whom partners pay out of their own part.
    private IEnumerable<PartnerId> PaidBy(OutcomeState known, HashSet<PartnerId> partners) =>
        from paid in (known.Decision?.Legs ?? [])
            .SelectMany(static l => l.Credits.Select(c => (l.Contract, l.Version, c.Partner)))
            .Concat(known.Earnings.Select(static e => (e.Earning.Contract, e.Earning.Version, e.Earning.Partner)))
        where campaign.FindContract(paid.Contract, paid.Version) is { PaysCredit: true } contract
            && campaign.AsPartner(contract.Payer) is { } payer && partners.Contains(payer)
        select paid.Partner;
}
