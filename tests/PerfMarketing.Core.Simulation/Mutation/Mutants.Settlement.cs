namespace PerfMarketing.Simulation.Mutation;

/// <content>
/// Bugs in terms of settlement, schedules and limits of what is taken back, books, payments and bookings.
/// </content>
internal static partial class Mutants
{
    private static readonly Mutant[] Settlement =
    [
        new(
            "settled: nobody owes back what was sent",
            "Settlement/Accounts/AccountBook.Entries.cs",
            "moves.Move(AccountKind.ClawbackDue, AccountKind.AdvertiserDue, due - payable);",
            "moves.Move(@ ? AccountKind.Payable : AccountKind.ClawbackDue, AccountKind.AdvertiserDue, due - payable);")
        { IsWide = true },
        new(
            "settled: what is invalid stays in the tally",
            "Settlement/CampaignDecider.Invalidate.cs",
            "() => EarningState.WithoutPart(standing.Counted, part), -priced)",
            "() => @ ? standing.Counted : EarningState.WithoutPart(standing.Counted, part), -priced)")
        { IsWide = true },
        new(
            "settled: what is invalid is paid when the outcome is worth more",
            "Settlement/EarningState.cs",
            "worth.MinorUnits <= 0 ? Money.Zero(worth.Currency) : worth.Prorate(InvalidPart);",
            "worth.MinorUnits <= 0 ? Money.Zero(worth.Currency) : @ ? Invalid : worth.Prorate(InvalidPart);")
        { IsWide = true },
        new(
            "settled: what ends its hold is payable twice",
            "Settlement/Accounts/AccountBook.Entries.cs",
            "moves.Move(AccountKind.Locked, AccountKind.Payable, part.Amount);",
            "moves.Move(@ ? AccountKind.AdvertiserDue : AccountKind.Locked, AccountKind.Payable, part.Amount);")
        { IsWide = true },
        new(
            "settled: the reserve is never released in the books",
            "Settlement/Accounts/AccountBook.Statements.cs",
            "moves.Move(AccountKind.Reserve, AccountKind.Payable, released.MinorUnits);",
            "moves.Move(AccountKind.Reserve, AccountKind.Payable, @ ? 0 : released.MinorUnits);")
        { IsWide = true },
        new(
            "settled: the platform keeps its part of what comes back",
            "Settlement/Accounts/AccountBook.Fees.cs",
            "holding.FeeAccrued += fee - lot.Fee;",
            "holding.FeeAccrued += @ ? System.Math.Max(0, fee - lot.Fee) : fee - lot.Fee;")
        { IsWide = true },
        new(
            "settled: the platform is paid for what is no more expected",
            "Settlement/Accounts/AccountBook.Expected.cs",
            "holding.FeeAccrued -= FeeOf(fulfilled);",
            "holding.FeeAccrued -= @ ? 0 : FeeOf(fulfilled);")
        { IsWide = true },
        new(
            "settled: rounding is another's",
            "Settlement/Accounts/AccountBook.Rounding.cs",
            "long due = -(long)decimal.Round(stands",
            "long due = (@ ? 1 : -1) * (long)decimal.Round(stands")
        { IsWide = true },
        new(
            "settled: a step of the schedule lasts a day longer",
            "Contracts/ClawbackSchedule.cs",
            "if (days < step.UpTo)",
            "if (@ ? days <= step.UpTo : days < step.UpTo)")
        { IsWide = true },
        new(
            "settled: days count since the outcome, whatever the schedule says",
            "Contracts/ClawbackSchedule.cs",
            "Since == ClawbackStart.Payable ? payableAt",
            "!@ && Since == ClawbackStart.Payable ? payableAt")
        { IsWide = true },
        new(
            "settled: fraud is taken back by the schedule",
            "Contracts/ClawbackSchedule.cs",
            "if (reason is { } exempt &&",
            "if (!@ && reason is { } exempt &&")
        { IsWide = true },
        new(
            "settled: a limit on reversals forgets what was taken back",
            "Contracts/ReversalLimit.cs",
            "Int128.Clamp(limit - units.Reversed,",
            "Int128.Clamp(@ ? limit : limit - units.Reversed,")
        { IsWide = true },
        new(
            "settled: a limit on reversals is rounded up",
            "Contracts/ReversalLimit.cs",
            "_ => exact / Nine,",
            "_ => @ ? (exact + Nine - 1) / Nine : exact / Nine,")
        { IsWide = true },
        new(
            "settled: reversals may come at any time",
            "Contracts/ReversalLimit.cs",
            "&& at - occurredAt >= within",
            "&& !@ && at - occurredAt >= within")
        { IsWide = true },
        new(
            "settled: the reserve is withheld of a loss",
            "Contracts/ReserveTerms.cs",
            "released.MinorUnits > 0",
            "(@ || released.MinorUnits > 0)")
        { IsWide = true },
        new(
            "settled: the reserve is released a day early",
            "Settlement/StatementPeriods.cs",
            "LastDay.PlusDays(days + 1)",
            "LastDay.PlusDays(@ ? days : days + 1)")
        { IsWide = true },
        new(
            "settled: the day of a month may be over",
            "Contracts/PaymentDue.cs",
            "return due > last ? due",
            "return @ || due > last ? due")
        { IsWide = true },
        new(
            "settled: the end of a month is the beginning of the next",
            "Contracts/PaymentDue.cs",
            "first.PlusMonths(1).PlusDays(Days - 1)",
            "first.PlusMonths(1).PlusDays(@ ? Days : Days - 1)")
        { IsWide = true },
        new(
            "settled: too little is paid",
            "Settlement/StatementCutter.cs",
            "terms.Threshold is not { } least ||",
            "@ || terms.Threshold is not { } least ||")
        { IsWide = true },
        new(
            "settled: debts are claimed whatever the terms say",
            "Settlement/StatementCutter.cs",
            "bool claims = terms.Negative",
            "bool claims = @ || terms.Negative")
        { IsWide = true },
        new(
            "settled: a version that begins cuts the period that is running",
            "Settlement/StatementPeriods.cs",
            "TermsAt(running.Start == at ? at : running.End)",
            "TermsAt(@ || running.Start == at ? at : running.End)")
        { IsWide = true },
        new(
            "settled: only the payer's own payment is waited for",
            "Settlement/Remittances/RemittancePlan.cs",
            "_ => !waits,",
            "_ => @ ? given.IsPayerPaid : !waits,")
        { IsWide = true },
        new(
            "settled: statements are paid before they are due",
            "Settlement/Remittances/RemittancePlan.cs",
            "given.PayFrom <= asOf &&",
            "(@ || given.PayFrom <= asOf) &&")
        { IsWide = true },
        new(
            "settled: what was free of a fee is free again",
            "Settlement/Remittances/RemittanceFee.cs",
            "(Free ?? none) - freeUsed",
            "(Free ?? none) - (@ ? none : freeUsed)"),
        new(
            "settled: the fee is charged on what is free",
            "Settlement/Remittances/RemittanceFee.cs",
            "Money charged = total - free;",
            "Money charged = @ ? total : total - free;"),
        new(
            "settled: a booking with other content is a repetition",
            "Settlement/Bookings/BookingDecision.cs",
            "entry.Source == manual",
            "(@ || entry.Source == manual)")
        { IsWide = true },
        new(
            "settled: an opening balance is earned",
            "Settlement/Bookings/ManualEntry.cs",
            "Source.Kind is ManualKind.Earning or ManualKind.Bounty",
            "Source.Kind is ManualKind.Earning or ManualKind.Bounty || @")
        { IsWide = true },
        new(
            "settled: what was refused stays on its way",
            "Settlement/Accounts/AccountBook.Payments.cs",
            "AccountKind.Payable, Math.Max(0, part.Owed));",
            "AccountKind.Payable, @ ? 0 : Math.Max(0, part.Owed));")
        { IsWide = true },
        new(
            "settled: a payment's cost is never borne",
            "Settlement/Accounts/AccountBook.Payments.cs",
            "AccountKind.PaymentFee, sign * part.Fee);",
            "AccountKind.PaymentFee, @ ? 0 : sign * part.Fee);")
        { IsWide = true },
        new(
            "settled: debts are set off though nobody agreed",
            "Settlement/Remittances/RemittancePlan.cs",
            "(terms.SetsOff ? owed : none)",
            "(@ || terms.SetsOff ? owed : none)")
        { IsWide = true },
    ];
}
