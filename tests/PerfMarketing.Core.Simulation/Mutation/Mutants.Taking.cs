namespace PerfMarketing.Simulation.Mutation;

/// <content>Bugs in what is taken in, and what of it stands.</content>
internal static partial class Mutants
{
    private static readonly Mutant[] Taking =
    [
        new(
            "an outcome is taken in twice",
            "Settlement/CampaignDecider.cs",
            "if (known is { Outcome: not null })",
            "if (!@ && known is { Outcome: not null })"),
        new(
            "another outcome under a known id is no conflict",
            "Settlement/CampaignDecider.cs",
            "known.Outcome.SaysTheSameAs(outcome)",
            "(@ || known.Outcome.SaysTheSameAs(outcome))"),
        new(
            "evidence is taken in twice",
            "Settlement/CampaignDecider.cs",
            "if (IsRepetition(known, verdict))",
            "if (!@ && IsRepetition(known, verdict))"),
        new(
            "a correction is taken in twice",
            "Settlement/CampaignDecider.cs",
            "if (earlier.Id == correction.Id)",
            "if (!@ && earlier.Id == correction.Id)"),
        new(
            "another correction under a known id is no conflict",
            "Settlement/CampaignDecider.cs",
            "earlier.SaysTheSameAs(correction)",
            "(@ || earlier.SaysTheSameAs(correction))"),
        new(
            "what is decided is decided again",
            "Settlement/CampaignDecider.Review.cs",
            "!IsFinal(known.Decision?.Qualification)",
            "(@ || !IsFinal(known.Decision?.Qualification))"),
        new(
            "what was retracted never comes back",
            "Settlement/CampaignDecider.Review.cs",
            "(Reason reason) => reason.Code is SettlementReasons.Retracted",
            "(Reason reason) => !@ && reason.Code is SettlementReasons.Retracted"),
        new(
            "tests are paid",
            "Settlement/CampaignDecider.Review.cs",
            "if (outcome.IsTest)",
            "if (!@ && outcome.IsTest)"),
        new(
            "an order is paid twice",
            "Settlement/CampaignDecider.Review.cs",
            "first != outcome.Id",
            "!@ && first != outcome.Id"),
        new(
            "the flight is not looked at",
            "Settlement/CampaignDecider.Review.cs",
            "!campaign.Flies(outcome.At)",
            "!@ && !campaign.Flies(outcome.At)"),
        new(
            "what is retracted is priced",
            "Settlement/CampaignDecider.Review.cs",
            "work.Truth.IsGone ?",
            "!@ && work.Truth.IsGone ?"),
        new(
            "one qualified leg hides that others wait",
            "Settlement/CampaignDecider.Review.cs",
            "pending: static _ => 2",
            "pending: static _ => @ ? 0 : 2"),
        new(
            "adjustments do not add up",
            "Settlement/EarningState.cs",
            "Net = Net + adjustment.Amount",
            "Net = @ ? Net : Net + adjustment.Amount"),
        new(
            "nobody knows which corrections are done",
            "Settlement/EarningState.cs",
            "Causes = Causes.Add(adjustment.Cause)",
            "Causes = @ ? Causes : Causes.Add(adjustment.Cause)"),
        new(
            "a conflict is swallowed",
            "Workflows/CommitAttempts.cs",
            "return last is CommitResult.Committed committed ? committed.Receipt",
            "return @ && last is CommitResult.VersionConflict ? new CommitReceipt(batch.Key, []) "
            + ": last is CommitResult.Committed committed ? committed.Receipt"),
        new(
            "what two streams hold counts twice",
            "Workflows/CampaignStreams.Folding.cs",
            "record is not LedgerEntry entry || seen.Add(entry.Id)",
            "@ || record is not LedgerEntry entry || seen.Add(entry.Id)"),
        new(
            "an amendment holds before its day",
            "Contracts/Versions/VersionWalk.cs",
            "at < start || at >= version.End",
            "(!@ && at < start) || at >= version.End"),
        new(
            "what is undone still counts",
            "Events/CorrectionSet.cs",
            "!replaced.Contains(c.Id)",
            "(@ || !replaced.Contains(c.Id))"),
        new(
            "more is returned than was kept",
            "Events/OutcomeFold.cs",
            "amount.MinorUnits > kept.Sum()",
            "!@ && amount.MinorUnits > kept.Sum()"),
        new(
            "a chargeback of all leaves all",
            "Events/OutcomeFold.cs",
            "chargedBackWhole |= chargeback.Amount is null",
            "chargedBackWhole |= !@ && chargeback.Amount is null"),
        new(
            "a restated quantity is not heard",
            "Events/OutcomeFold.cs",
            "quantity = restatement.Quantity ?? quantity",
            "quantity = (@ ? null : restatement.Quantity) ?? quantity"),
        new(
            "the second outcome owns the order",
            "Settlement/CampaignState.cs",
            "orders.TryAdd(order, record.OutcomeId)",
            "_ = @ ? (orders[order] = record.OutcomeId) != default : orders.TryAdd(order, "
            + "record.OutcomeId)"),
        new(
            "a flight has no end",
            "Campaigns/Campaign.cs",
            "Start <= at && at < End",
            "Start <= at && (@ || at < End)"),
    ];
}
