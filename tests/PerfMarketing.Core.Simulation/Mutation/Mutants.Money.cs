namespace PerfMarketing.Simulation.Mutation;

/// <content>Bugs in prices, tallies and budgets.</content>
internal static partial class Mutants
{
    private static readonly Mutant[] Money =
    [
        new(
            "a leg of a retracted outcome is paid",
            "Settlement/CampaignDecider.Legs.cs",
            "if (truth.IsGone)",
            "if (!@ && truth.IsGone)"),
        new(
            "pending outcomes reserve nothing",
            "Settlement/CampaignDecider.Legs.cs",
            "Reserve(work, use, AskOf(leg, leg.IsUnpaid ? [] : shares, expected));",
            "if (!@) { Reserve(work, use, AskOf(leg, leg.IsUnpaid ? [] : shares, expected)); }"),
        new(
            "what a budget cannot pay is posted all the same",
            "Settlement/CampaignDecider.Legs.cs",
            "ValueList<PricedShare> paid = payable < due ? Reduce(shares, due, payable)",
            "ValueList<PricedShare> paid = !@ && payable < due ? Reduce(shares, due, payable)"),
        new(
            "the hold is forgotten",
            "Settlement/CampaignDecider.Legs.cs",
            "Instant.Max(asOf, clause.PayableAt(outcome.At))",
            "Instant.Max(asOf, @ ? outcome.At : clause.PayableAt(outcome.At))"),
        new(
            "corrections before the price correct it again",
            "Settlement/CampaignDecider.Legs.cs",
            "Corrections = corrections,",
            "Corrections = @ ? [] : corrections,"),
        new(
            "the recheck of the second budget is skipped",
            "Settlement/CampaignDecider.BudgetOverflow.cs",
            "decision is BudgetDecision.Partial partial",
            "!@ && decision is BudgetDecision.Partial partial"),
        new(
            "a correction up ignores the budget",
            "Settlement/CampaignDecider.Budgets.cs",
            "if (!budget.KeepsPromises && LeftIn(budget, counted, payable) < payable)",
            "if (!@ && !budget.KeepsPromises && LeftIn(budget, counted, payable) < payable)"),
        new(
            "what is returned does not free the budget",
            "Settlement/CampaignDecider.Budgets.cs",
            "budget => budget.Return(ReservationOf(budget, key), cause, back)",
            "budget => @ ? default : budget.Return(ReservationOf(budget, key), cause, back)"),
        new(
            "a released reservation is used again",
            "Settlement/CampaignDecider.Budgets.cs",
            "budget.Find(id) is { Phase: BudgetEntryKind.Released }",
            "!@ && budget.Find(id) is { Phase: BudgetEntryKind.Released }"),
        new(
            "reservations take no room",
            "Budgets/BudgetState.cs",
            "ceiling - committed - reserved",
            "ceiling - committed - (@ ? 0 : reserved)"),
        new(
            "the last cent is not spent",
            "Budgets/BudgetState.cs",
            "asked <= room || (room > 0 && asked - room <= Slack)",
            "@ ? asked < room : asked <= room || (room > 0 && asked - room <= Slack)"),
        new(
            "the own reservation is no room",
            "Budgets/BudgetState.cs",
            "slot.Granted + Room",
            "(@ ? 0 : slot.Granted) + Room"),
        new(
            "a commit keeps the reservation",
            "Budgets/BudgetState.cs",
            "entry.Kind == BudgetEntryKind.Reserved ? amount : -held",
            "entry.Kind == BudgetEntryKind.Reserved ? amount : @ ? 0 : -held"),
        new(
            "what comes back stays committed",
            "Budgets/BudgetState.cs",
            "BudgetEntryKind.Reversed or BudgetEntryKind.Returned => -amount",
            "BudgetEntryKind.Reversed or BudgetEntryKind.Returned => @ ? 0 : -amount"),
        new(
            "the whole is rounded before it is shared",
            "Contracts/ClausePricing.cs",
            "Accrual part = mine == totalWeight ? whole : whole.Share",
            "Accrual part = mine == totalWeight ? whole : (@ ? (Accrual)whole.Round(mode) : "
            + "whole).Share"),
        new(
            "each step is rounded alone",
            "Contracts/ClausePricing.cs",
            "(before.Accrued + exact).Round(mode) - before.Accrued.Round(mode)",
            "@ ? exact.Round(mode) : (before.Accrued + exact).Round(mode) - before.Accrued.Round(mode)"),
        new(
            "the uplift is on the crossing sale",
            "Contracts/ClausePricing.cs",
            "if (repriced.Amount == 0)",
            "if (@ || repriced.Amount == 0)"),
        new(
            "a fall takes what was never priced",
            "Contracts/ClausePricing.Falls.cs",
            "unpriced.Amount >= drift ? unpriced",
            "!@ && unpriced.Amount >= drift ? unpriced"),
        new(
            "partners who tally together do not see each other",
            "Contracts/ClausePricing.cs",
            "isPooled && i > 0 ? shares",
            "!@ && isPooled && i > 0 ? shares"),
        new(
            "a tier keeps its end",
            "Payouts/Models/Tiered.cs",
            "Exact.Compare(upTo, position) <= 0",
            "(@ ? Exact.Compare(upTo, position) < 0 : Exact.Compare(upTo, position) <= 0)"),
        new(
            "the volume price is that before the sale",
            "Payouts/Models/Tiered.cs",
            "int index = IndexAt(after);",
            "int index = IndexAt(@ ? before : after);"),
        new(
            "the forward price is that after the sale",
            "Payouts/Models/Tiered.cs",
            "int index = IndexAt(context.Before);",
            "int index = IndexAt(@ ? context.Before + context.Counted : context.Before);"),
        new(
            "a crossed tier does not price the results before again",
            "Payouts/Models/Tiered.cs",
            "if (!before.IsEmpty && IndexAt(before)",
            "if (!@ && !before.IsEmpty && IndexAt(before)"),
        new(
            "the cap is forgotten",
            "Payouts/Models/Capped.cs",
            "inner > bound",
            "!@ && inner > bound"),
        new(
            "a tally forgets what it held",
            "Settlement/CampaignState.Tallies.cs",
            "=> tally + counted;",
            "=> @ ? counted : tally + counted;"),
        new(
            "tallies go by the day of the decision",
            "Settlement/CampaignDecider.Tallies.cs",
            "TallyClock.DecidedAt ? asOf : occurredAt",
            "TallyClock.DecidedAt || @ ? asOf : occurredAt"),
        new(
            "what was never paid is taken back",
            "Settlement/CampaignDecider.Tallies.cs",
            "due = Money.FromMinor(Math.Min(paid, worth.MinorUnits)",
            "due = @ ? due : Money.FromMinor(Math.Min(paid, worth.MinorUnits)"),
        new(
            "halves go to the even neighbour",
            "Monetary/Exact.cs",
            "RoundingMode.HalfAwayFromZero => half >= 0",
            "RoundingMode.HalfAwayFromZero => @ ? half > 0 : half >= 0"),
        new(
            "the rest goes to the last",
            "Monetary/Allocation.cs",
            "best = shares[i].Remainder > shares[best].Remainder ? i : best;",
            "best = shares[i].Remainder > shares[best].Remainder "
            + "|| (@ && shares[i].Remainder == shares[best].Remainder && shares[i].Remainder > T.Zero) ? i : best;"),
        new(
            "a hold begins with the decision",
            "Contracts/Clause.cs",
            "Instant held = occurredAt + Hold;",
            "Instant held = @ ? occurredAt : occurredAt + Hold;"),
    ];
}
