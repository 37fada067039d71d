namespace PerfMarketing.Simulation.Mutation;

/// <content>Bugs in what entries and statements say of amounts that are right.</content>
internal static partial class Mutants
{
    private static readonly Mutant[] Told =
    [
        new(
            "the tally before counts one too many",
            "Settlement/CampaignDecider.Legs.cs",
            "Before = share.Before,",
            "Before = @ ? share.Before with { Count = share.Before.Count + 1 } : share.Before,"),
        new(
            "tallies count heads",
            "Contracts/CreditSplit.cs",
            "decimal[] counts = Share(whole.Count, weights);",
            "decimal[] counts = @ ? [.. weights.Select(static _ => 1m)] : Share(whole.Count, weights);"),
        new(
            "another version of the campaign is cited",
            "Settlement/LegName.cs",
            "CampaignVersion = campaign.Version,",
            "CampaignVersion = campaign.Version + (@ ? 1 : 0),"),
        new(
            "the evidence is not cited",
            "Settlement/CampaignDecider.Legs.cs",
            "Evidence = leg.Evidence,",
            "Evidence = @ ? [] : leg.Evidence,"),
        new(
            "late evidence is cited where silence approved",
            "Proofs/Policies/RequiredProof.Naming.cs",
            "if (IsInTime(verdict, until) && Counts(proof, verdict))",
            "if ((@ || IsInTime(verdict, until)) && Counts(proof, verdict))"),
        new(
            "what a cap takes is called rounding",
            "Payouts/Models/Bounded.cs",
            "sheet.Add(new(BoundName,",
            "sheet.Add(new(@ ? PayoutLineNames.Rounding : BoundName,"),
        new(
            "rounding has no line of its own",
            "Payouts/PostedLines.cs",
            "[only, new(PayoutLineNames.Rounding, posted - only.Amount)]",
            "@ ? ValueList<PayoutLine>.One(only with { Amount = posted }) "
            + ": [only, new(PayoutLineNames.Rounding, posted - only.Amount)]"),
        new(
            "the share of others is of what is left",
            "Payouts/PayoutSheet.cs",
            "{ Base = whole }",
            "{ Base = @ ? part : whole }"),
        new(
            "each tier is called the first",
            "Payouts/Models/Tiered.cs",
            "string code = CodeOf(Names, index, \"\");",
            "string code = CodeOf(Names, @ ? 0 : index, \"\");"),
        new(
            "whoever is credited is credited with the whole",
            "Settlement/CampaignDecider.Ordinary.cs",
            "Credit = posting.Credit,",
            "Credit = @ ? posting.Credit with { Weight = posting.Credit.Total } : posting.Credit,"),
        new(
            "nobody is told what stands by hand",
            "Settlement/CampaignDecider.Adjust.cs",
            "ByHand = ByHandOf(before, change, reversal)",
            "ByHand = @ ? null : ByHandOf(before, change, reversal)"),
        new(
            "nobody is told what lies above a budget",
            "Settlement/CampaignDecider.Legs.cs",
            "OverBudget = over?[i],",
            "OverBudget = @ ? null : over?[i],"),
        new(
            "what comes too late is called missing",
            "Proofs/Policies/RequiredProof.Judging.cs",
            ": isLate ? Reason.Of(ProofReasons.Late",
            ": isLate && !@ ? Reason.Of(ProofReasons.Late"),
        new(
            "nobody is told why a correction counts for nothing",
            "Settlement/CampaignDecider.Adjust.cs",
            "                Array.Fill(targets.Reasons, refused);",
            "                Array.Fill(targets.Reasons, @ ? targets.Reasons[0] : refused);"),
        new(
            "what is worth nothing leaves no place",
            "Settlement/CampaignDecider.Adjust.cs",
            "LeavesPlace = reversal.IsGone && before.Standing.Amount.MinorUnits == 0,",
            "LeavesPlace = !@ && reversal.IsGone && before.Standing.Amount.MinorUnits == 0,"),
        new(
            "what has no room is told as paid with nothing",
            "Settlement/CampaignDecider.BudgetOverflow.cs",
            "return Refuse(work, leg, outcome, OverBudget(refusal));",
            "return Refuse(work, leg, outcome, OverBudget(refusal, @ ? SettlementReasons.BudgetUnpaid "
            + ": SettlementReasons.OverBudget));"),
        new(
            "a repricing names the first who earned",
            "Settlement/CampaignDecider.Tallies.cs",
            "CausedBy = earning.Id,",
            "CausedBy = @ ? work.Known.Earnings[0].Earning.Id : earning.Id,"),
        new(
            "what was never paid is called over budget",
            "Settlement/CampaignDecider.Tallies.cs",
            "CutOf(PayoutLineNames.Unpaid, cut)",
            "CutOf(@ ? PayoutLineNames.OverBudget : PayoutLineNames.Unpaid, cut)"),
        new(
            "a correction occurs when it is decided",
            "Settlement/CampaignDecider.Adjust.cs",
            "OccurredAt = earning.OccurredAt,",
            "OccurredAt = @ ? work.AsOf : earning.OccurredAt,"),
        new(
            "a statement tells the period of the decision twice",
            "Settlement/Statement.cs",
            "contract.Calendar.Containing(contract.Settlement.Per, line.OccurredAt)",
            "contract.Calendar.Containing(contract.Settlement.Per, @ ? line.DecidedAt : line.OccurredAt)"),
        new(
            "whoever assists has a part of the credit",
            "Settlement/CampaignDecider.Assists.cs",
            "Credit whole = new(role.Partner, credits[0].Total, credits[0].Total);",
            "Credit whole = new(role.Partner, @ ? 1 : credits[0].Total, credits[0].Total);")
        { IsWide = true },
    ];
}
