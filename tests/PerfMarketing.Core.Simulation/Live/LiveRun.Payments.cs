using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Simulation.Checks;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation.Live;

/// <content>Partners are paid, by a bank of which nobody knows what it did; and what persons book by hand.</content>
internal sealed partial class LiveRun
{
    private const int RemitCountMax = 40;

    // Longer than anybody waits for a due date, or for the payer.
    private static readonly Duration AllDue = Duration.FromDays(400);

    private readonly Dictionary<PartnerId, RemittanceTerms> payees = [];
    private bool isLast;

    private IEnumerable<PartnerId> Payees => Campaign.Contracts.SelectMany(static c => c.Partners).Distinct().Order();

    private IEnumerable<Statement> Statements => settled.OrderBy(static s => s.Key).SelectMany(static s => s.Value);

    private long PayableTo(PartnerId payee) => Statements.Where(s => s.Partner == payee).Sum(invoices.MostOf);

    private Instant PayAt => isLast ? now + AllDue : now;

    // In the end nothing is too little to be paid.
    private RemittanceTerms TermsOf(PartnerId payee)
    {
        if (!payees.TryGetValue(payee, out RemittanceTerms? terms))
        {
            payees.Add(payee, terms = SettlementDraw.PayeeOf(world, payee, Money));
        }

        terms = terms with { SetsOff = terms.SetsOff && now < agreedUntil };
        return isLast ? terms with { Minimum = null, Fee = null } : terms;
    }

    // Some statements are paid by the payer at once, others later; some partners pay back what is claimed.
    private PayableStatement GivenOf(Statement statement) => PayableStatement.Of(Campaign, statement) with
    {
        IsPayerPaid = isLast || statement.To + Duration.FromDays(20 * (statement.Id.Value[^1] % 4)) <= now,
        ClaimPaid = claimsPaid.TryGetValue(statement.Id, out PaidBack back)
            ? Monetary.Money.FromMinor(back.Net, Money)
            : null,
        Invoice = invoices.Of(statement.Id),
    };

    // After each month; what fails is tried again after the next.
    private void RemitSome()
    {
        PayBack();
        if (invoices.IsOn)
        {
            invoices.WriteAgain();
        }

        foreach (PartnerId payee in Payees)
        {
            ComeBack(payee);
            if (back.Count == 0 && payouts.DueTo(payee, now + AllDue).Total == 0
                && PayableTo(payee) == bank.PaidTo(payee) + payouts.FeesOf(payee))
            {
                continue;
            }

            RemittanceReport? report = null;
            for (int i = 0; i < 3 && report is null; i++)
            {
                report = Remit(payee);
            }

            foreach (RemittanceState state in report?.Remittances ?? [])
            {
                Confirm(payee, state);
            }

            TellBack(payee);
        }
    }

    // In the end everybody has what the statements say, but for what is owed back elsewhere; also when some of it comes
    // back once more. Where much is claimed it comes back again and again, and what is paid back of the claims arrives
    // before some of it: so claims are taken in parts, and given back.
    private void RemitAll()
    {
        bank.IsOn = false;
        isLast = true;
        int rounds = world.Claims ? 3 : 1;
        for (int i = 0; i < rounds; i++)
        {
            if (i == (int)(world.Seed % (ulong)rounds))
            {
                PayBack();
            }

            foreach (PartnerId payee in violations.Count == 0 ? Payees : [])
            {
                TellBack(payee);
                RemitRest(payee);
                ComeBack(payee);
                if (back.Count > 0)
                {
                    TellBack(payee);
                    RemitRest(payee);
                }
            }
        }

        foreach (PartnerId payee in violations.Count == 0 ? Payees : [])
        {
            violations.Require(
                bank.PaidTo(payee) == payouts.PaidTo(payee),
                $"I8: {payee} got {bank.PaidTo(payee)}, and the remittances say {payouts.PaidTo(payee)}");
            watch.Wide?.Books.CheckPaid(payee, bank.PaidTo(payee), payouts);
        }
    }

    private void RemitRest(PartnerId payee)
    {
        RemittanceReport? report = null;
        int i = 0;
        do
        {
            report = Remit(payee);
        }
        while ((payouts.DueTo(payee, PayAt).Waits(TermsOf(payee)) is null || bank.IsBusyWith(payee))
            && i++ < RemitCountMax);

        DueNow due = payouts.DueTo(payee, PayAt);
        violations.Require(
            due.Waits(TermsOf(payee)) is RemittanceReasons.NothingPayable or RemittanceReasons.OwedBack,
            $"I8: {due.Total} is still to be paid to {payee}, because of {report?.Reason}");
    }

    private RemittanceReport? Remit(PartnerId payee)
    {
        RemittanceTerms terms = TermsOf(payee);
        ValueList<PayableStatement> statements = [.. Statements.Select(GivenOf)];
        RemittanceReport? report = null;
        faults.HasStruck = false;
        List<Task> calls =
        [
            TryAsync(async () => report = await remittances.RemitAsync(terms, statements, PayAt, default)
                .ConfigureAwait(false)),
        ];
        bool isAlone = !TellsBesides(payee, calls);
        Finish(calls);

        // What reads that lag behind have planned, and nothing was committed of, may be old.
        isAlone &= !faults.HasStruck || world.RateOf(FaultKind.StaleRead) == 0;
        if (isAlone && report is not null)
        {
            Check(payee, report);
        }

        return report;
    }

    // What was said of why nothing was paid, of what waits, and of invoices that came too late.
    private void Check(PartnerId payee, RemittanceReport report)
    {
        DueNow due = payouts.DueTo(payee, PayAt);
        string? waits = due.Waits(TermsOf(payee));
        violations.Require(
            report.Reason is null || (report.Reason.Code == waits && report.Carried.MinorUnits == due.Total),
            $"I8: {payee} is not paid because of {report.Reason}, {report.Carried} waits; due is {due.Total}, {waits}");
        string differing = string.Join(", ", payouts.DifferingOf(payee));
        string told = string.Join(", ", report.InvoicesThatDiffer
            .Select(static r => r.Code == RemittanceReasons.InvoiceDiffers
                ? r.Args.First(static a => a.Name == "statement").Value
                : r.Code)
            .Order(StringComparer.Ordinal));
        violations.Require(
            told == differing, $"I8: {payee} is told that the invoices of {told} differ, and those of {differing} do");
        for (int i = report.InvoicesThatDiffer.Count; i > 0; i--)
        {
            counts.Hit(FaultKind.OtherInvoice);
        }
    }

    // The bank's account statement says it again, or says something else: the first word counts.
    private void Confirm(PartnerId payee, RemittanceState state)
    {
        if (state.Answer is not { } first || !bank.Strikes())
        {
            return;
        }

        bool contradicts = random.Happens(500);
        Tell(payee, state.Remittance.Id, contradicts == (first.Result == RemittanceResult.Confirmed)
            ? RemittanceResult.Refused
            : RemittanceResult.Confirmed);
    }

    private void TakePayments(CommitBatch batch)
    {
        foreach (CampaignRecord record in batch.Appends.SelectMany(static a => a.Records))
        {
            if (record is Remittance or RemittanceAnswer)
            {
                payouts.Take(record);
                if (record is Remittance { Fee.Amount.MinorUnits: 0, Amount.MinorUnits: > 0 } free
                    && TermsOf(free.Payee).Fee?.Below <= free.Total)
                {
                    counts.Hit(FaultKind.PaidFree);
                }

                watch.Wide?.Books.PostPayment(record, payouts, isTwice: world.Seed % 2 == 0);
            }
        }
    }

    private async Task BookAsync(ManualEarning manual, Instant asOf)
    {
        BookingReport report = await bookings.BookAsync(Id, manual, asOf, default).ConfigureAwait(false);
        ManualEarning? first = watch.BookedAs(manual.Id);
        bool differs = first is not null && first != manual;
        if (first is null && manual.Tally is not null)
        {
            violations.Require(
                report.Reason?.Code == BookingReasons.TallyBegun && watch.HasBegun(manual),
                $"I2: {manual.Id} was answered with {report.Answer} {report.Reason}");
            return;
        }

        if (report.Answer == BookingAnswer.Booked && manual.Tally is not null)
        {
            counts.Hit(FaultKind.TallyOpened);
        }

        violations.Require(
            report.Answer is BookingAnswer.Booked or BookingAnswer.Replayed
                ? !differs
                : differs && report.Answer == BookingAnswer.Conflict,
            $"I4: {manual.Id} was answered with {report.Answer} {report.Reason}, as differs {first}");
    }

    private Currency Money => Currency.Parse(world.Contracts[0].Currency);
}
