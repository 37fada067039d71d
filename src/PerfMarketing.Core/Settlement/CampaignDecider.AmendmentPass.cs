using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <content>How earnings are priced again.</content>
public sealed partial class CampaignDecider
{
    /// <summary>Prices a contract's earnings again, in the order in which they were posted.</summary>
    private sealed class AmendmentPass(CampaignDecider decider, CampaignState state)
    {
        private readonly Dictionary<TallyKey, Tally> tallies = [];
        private readonly List<AmendedEarning> done = [];

        // Whether all of it could be priced: amounts have a bound.
        public bool TryPrice(List<AmendedEarning> all)
        {
            try
            {
                Price(all);
                return true;
            }
            catch (ArithmeticException)
            {
                return false;
            }
        }

        private void Price(List<AmendedEarning> all)
        {
            foreach (AmendedEarning earning in all)
            {
                Leave(earning);
            }

            foreach (var outcome in all.GroupBy(static e => e.Restated.OutcomeId))
            {
                foreach (var leg in outcome.GroupBy(static e => (e.To, e.Clause)))
                {
                    Price([.. leg], leg.Key.To, leg.Key.Clause, [.. outcome]);
                }
            }

            foreach (TallyKey key in done.Where(IsSummed).Select(static e => e.Restated.TallyKey).Distinct().ToArray())
            {
                Settle(key);
            }
        }

        // Whether it was priced again, and may take what its tally is worth more.
        private static bool IsSummed(AmendedEarning earning) => earning is
        {
            To: not null,
            Clause.Tally.IsListed: false,
        };

        // What a tally holds beside these earnings is where it begins.
        private void Leave(AmendedEarning earning)
        {
            TallyKey key = earning.Before.Standing.TallyKey;
            tallies[key] = Before(key, earning.Before.Standing.Amount.Currency) - earning.Before.Counted;
        }

        private Tally Before(TallyKey key, Currency currency) =>
            tallies.TryGetValue(key, out Tally tally) ? tally : state.TallyOf(key, currency);

        private void Price(AmendedEarning[] leg, Contract? to, Clause? clause, AmendedEarning[] outcome)
        {
            OutcomeState known = state.Known(leg[0].Restated.OutcomeId);
            if (to is not null && clause is null)
            {
                PriceAtNothing(leg, to);
            }
            else if (to is not null && clause is not null)
            {
                Reprice(leg, to, clause, outcome);
            }

            foreach (AmendedEarning earning in leg)
            {
                Count(earning, to is null ? decider.ClauseOf(earning.Restated) : clause);
            }
        }

        // In the order in which results were posted, those that stay as they are too.
        private void Count(AmendedEarning earning, Clause? clause)
        {
            TallyKey key = earning.Restated.TallyKey;
            Tally before = Before(key, earning.Restated.Amount.Currency);
            if (clause is { Tally: { Corrections: TallyCorrections.Reevaluated, IsListed: false } })
            {
                Accrual accrued = decider.AccruedBy(clause, before, earning.Counted, earning.Restated);
                earning.Counted = earning.Counted with { Accrued = accrued };
            }

            Tally after = before + earning.Counted;
            tallies[key] = after;
            done.Add(earning);
            if (clause is { IsCumulative: true })
            {
                // What is paid for it in all, and what that is compared with.
                RoundingMode mode = clause.Rounding.Mode;
                earning.Due = after.Accrued.Round(mode) - before.Accrued.Round(mode)
                    - (IsReevaluated(clause) ? earning.NetPriced + earning.Repriced : earning.Priced);
            }
        }

        private static void PriceAtNothing(AmendedEarning[] leg, Contract to)
        {
            foreach (AmendedEarning earning in leg)
            {
                Money nothing = Money.Zero(to.Currency);
                earning.Restated = earning.Restated with
                {
                    Version = to.Version,
                    Terms = to.Digest,
                    Amount = nothing,
                    Lines = [],
                    Counted = Tally.Zero(to.Currency),
                };
                (earning.Net, earning.Repriced, earning.Priced) = (nothing, nothing, nothing);
                (earning.Target, earning.Kept) = (nothing, nothing);
                (earning.NetPriced, earning.ByHand) = (nothing, nothing);
                earning.Counted = earning.Restated.Counted;
            }
        }

        private void Reprice(AmendedEarning[] leg, Contract to, Clause clause, AmendedEarning[] all)
        {
            OutcomeState known = state.Known(leg[0].Restated.OutcomeId);
            Outcome outcome = known.Outcome!;
            Earning first = leg[0].Before.Standing;
            OutcomeTruth then = OutcomeTruth.After(
                outcome, known.Corrections.Where(c => first.Corrections.Contains(c.Id)));
            Basis basis = decider.BasisOf(state, clause, outcome, then, to.Currency, first.Rates) with
            {
                Legs = decider.LegsFor(known, to, clause, first.Rates, leg.Select(static e => e.Restated.Partner)),
            };
            PricedShare[] shares = SharesOf(leg, (to, clause), (outcome, basis), all);
            for (int i = 0; i < leg.Length; i++)
            {
                Restate(leg[i], (to, clause), outcome, (basis, shares[i]));
            }

            Correction[] applied = [.. known.Corrections.Where(c => leg[0].Before.Knows(c.Id))];
            if (applied.Length > first.Corrections.Count || Array.Exists(leg, static e => e.Before.IsRuledOut))
            {
                Correct(leg, clause, outcome, applied);
            }

            foreach (AmendedEarning earning in leg)
            {
                Stand(earning, clause);
            }
        }

        // As large a part is invalid as before, and what stays with the partner of what is gone stays as far as the
        // amended terms pay so much.
        private static void Stand(AmendedEarning earning, Clause clause)
        {
            EarningState before = earning.Before;
            Money valid = before.WithoutInvalid(earning.Target);
            earning.Kept = Money.Max(
                Money.Zero(valid.Currency), Money.Min(before.Kept, earning.Restated.Amount - valid));
            earning.Net = valid + earning.Kept;
            if (IsReevaluated(clause))
            {
                earning.Counted = before.WithoutInvalid(earning.Counted);
                earning.NetPriced = before.WithoutInvalid(earning.NetPriced);
            }
        }

        // Who accepted later gets the rest of what the clause pays for all: what the others got stands.
        private PricedShare[] SharesOf(
            AmendedEarning[] leg,
            (Contract To, Clause Clause) terms,
            (Outcome Outcome, Basis Basis) priced,
            AmendedEarning[] outcome)
        {
            bool withOthers = !terms.Clause.IsCumulative && Array.Exists(leg, static e => e.IsLate);
            AmendedEarning[] all = !withOthers ? leg
                : [.. outcome.Where(e => leg.Contains(e) || (e.To is null && e.ClauseNow == terms.Clause.Id))];
            Beneficiary[] beneficiaries =
                [.. all.Select(e => BeneficiaryOf(e.Before, terms.To, terms.Clause, priced.Outcome))];
            ValueList<PricedShare> shares = decider.pricing.Price(
                terms.Clause, priced.Basis, beneficiaries, leg[0].Before.Standing.Credit.Total);
            PricedShare[] own = [.. leg.Select(e => shares[Array.IndexOf(all, e)])];
            for (int i = 0; i < all.Length; i++)
            {
                Money rest = shares[i].Amount - all[i].Before.Standing.Priced;
                if (!leg.Contains(all[i]) && rest.MinorUnits != 0)
                {
                    int late = Array.FindIndex(leg, static e => e.IsLate);
                    own[late] = Plus(own[late], rest);
                }
            }

            return own;
        }

        private static PricedShare Plus(PricedShare share, Money rest) => share with
        {
            Amount = share.Amount + rest,
            Payout = share.Payout with
            {
                Lines = share.Payout.Lines.Add(new(PayoutLineNames.Rounding, rest)),
            },
        };

        private static void Restate(
            AmendedEarning earning,
            (Contract To, Clause Clause) terms,
            Outcome outcome,
            (Basis Basis, PricedShare Share) price)
        {
            Earning standing = earning.Before.Standing;
            PricedShare share = price.Share;
            Money amount = WithoutCuts(standing, share.Amount);
            Money cut = amount - share.Amount;
            earning.Restated = standing with
            {
                Version = terms.To.Version,
                Terms = terms.To.Digest,
                Clause = terms.Clause.Id,
                Customer = terms.Clause.NeedsHistory || standing.CustomerSince is not null ? outcome.Customer : null,
                Amount = amount,
                Value = price.Basis.Value,
                Quantity = price.Basis.Quantity,
                TallyScope = terms.Clause.Tally.Scope,
                TallyPeriod = KeyOf(earning.Before, terms.To, terms.Clause, outcome).Period,
                Before = share.Before,
                History = share.History,
                Counted = share.Counted,
                Lines = cut.MinorUnits == 0
                    ? share.Payout.Lines
                    : share.Payout.Lines.Add(new(PayoutLineNames.OverBudget, cut)),
                Instalments = [],
            };
            (earning.Target, earning.Repriced) = (amount, share.Repriced);
            earning.Priced = share.Amount + share.Repriced;
            (earning.NetPriced, earning.ByHand) = (share.Amount, Money.Zero(amount.Currency));
            earning.Counted = share.Counted;
        }

        private void Correct(AmendedEarning[] leg, Clause clause, Outcome outcome, Correction[] applied)
        {
            var now = decider.TruthFor(leg[0].Before, leg[0].Restated, outcome, applied);
            OutcomeTruth truth = now.Truth;
            ValueList<Earning> restatedAll = [.. leg.Select(static e => e.Restated)];
            LegTargets due = decider.RuledTargets(state, restatedAll, outcome, now, null);
            Money[]? priced = decider.PricedAt(state, restatedAll, outcome, truth);
            for (int i = 0; i < leg.Length; i++)
            {
                Money target = due.Targets[i];
                leg[i].Target = target;
                leg[i].NetPriced = priced?[i] ?? due.ByTerms[i];
                Money valid = leg[i].Before.WithoutInvalid(target);
                leg[i].ByHand = ByHandOf(valid, valid, leg[i].Before.WithoutInvalid(due.ByTerms[i]))
                    ?? Money.Zero(target.Currency);
                if (IsReevaluated(clause))
                {
                    Earning restated = leg[i].Restated;
                    Basis left = BasisOf(restated, clause, outcome, truth);
                    leg[i].Counted = KeptIn(restated, clause, left);
                }
            }
        }

        // What stands for the tally is what it accrued, rounded: the rest goes with the last that was priced again.
        // What was rounded alone is no part of it.
        private void Settle(TallyKey key)
        {
            AmendedEarning[] mine = [.. done.Where(e => e.Restated.TallyKey == key)];
            Money[] due = [.. mine.Select(static e => e.Due).OfType<Money>()];
            if (due.Length > 0)
            {
                mine.Last(IsSummed).Repriced += Sum(due);
            }
        }

        private Beneficiary BeneficiaryOf(EarningState before, Contract to, Clause clause, Outcome outcome)
        {
            Earning standing = before.Standing;
            TallyKey key = KeyOf(before, to, clause, outcome);
            Tally tally = clause.Tally.IsListed
                ? Listed(before, to, clause, key)
                : Before(key, to.Currency);
            return new(standing.Partner, standing.Credit.Weight, tally)
            {
                History = clause.NeedsHistory ? HistoryOf(standing.Partner, clause, outcome) : default,
                IsPricedByOthers = true,
            };
        }

        private static TallyKey KeyOf(EarningState before, Contract to, Clause clause, Outcome outcome) => TallyKey.Of(
            clause.Tally.Scope,
            to.Id,
            clause.Id,
            before.Standing.Partner,
            clause.NeedsHistory ? outcome.Customer : null,
            clause.Tally.IsListed ? TallyKey.Listed : to.TallyPeriodOf(clause, CountedAt(before, clause)).Key);

        private static Instant CountedAt(EarningState before, Clause clause) =>
            clause.Tally.Clock == TallyClock.DecidedAt ? before.Earning.DecidedAt : before.Earning.OccurredAt;

        private Tally Listed(EarningState before, Contract to, Clause clause, TallyKey key)
        {
            Instant at = CountedAt(before, clause);
            CalendarPeriod period = to.TallyPeriodOf(clause, at);
            Instant? payableBy = clause.Tally.States == TallyStates.Payable ? before.Earning.DecidedAt : null;
            return done.Where(e => e.Restated.TallyKey == key
                    && e.Restated.OccurredAt >= period.Start
                    && e.Restated.OccurredAt <= Instant.Min(at, period.End)
                    && (payableBy is not { } by || e.Restated.PayableAt <= by))
                .Aggregate(Tally.Zero(to.Currency), static (sum, e) => sum + e.Counted);
        }

        // Earlier earnings of the customer that still stand: those of the outcome itself are none, whoever got them.
        private CustomerHistory HistoryOf(PartnerId partner, Clause clause, Outcome outcome)
        {
            AmendedEarning[] earlier =
            [
                .. done.Where(e => e.Restated.Partner == partner && e.Restated.Clause == clause.Id
                    && e.Restated.OutcomeId != outcome.Id
                    && e.Restated.Customer == outcome.Customer && outcome.Customer is not null
                    && (e.Before.Causes.Count == 0 || e.Net.MinorUnits != 0)),
            ];
            return new(earlier.Length, earlier.Min(static e => (Instant?)e.Restated.OccurredAt));
        }
    }
}
