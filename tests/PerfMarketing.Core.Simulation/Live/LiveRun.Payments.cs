using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Remittances;
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

    private long PayableTo(PartnerId payee) =>
        Statements.Where(s => s.Partner == payee).Sum(static s => s.Payable.MinorUnits);

    // In the end nothing is too little to be paid.
    private RemittanceTerms TermsOf(PartnerId payee)
    {
        if (!payees.TryGetValue(payee, out RemittanceTerms? terms))
        {
            payees.Add(payee, terms = SettlementDraw.PayeeOf(world, payee, Money));
        }

        return isLast ? terms with { Minimum = null, Fee = null } : terms;
    }

    // Some statements are paid by the payer at once, others later; some partners pay back what is claimed.
    private PayableStatement GivenOf(Statement statement) => PayableStatement.Of(Campaign, statement) with
    {
        IsPayerPaid = isLast || statement.To + Duration.FromDays(20 * (statement.Id.Value[^1] % 4)) <= now,
        ClaimPaid = IsClaimPaid(statement) ? statement.Claimed : null,
    };

    private static bool IsClaimPaid(Statement statement) => statement.Id.Value[^2] % 2 == 0;

    // After each month; what fails is tried again after the next.
    private void RemitSome()
    {
        foreach (PartnerId payee in Payees)
        {
            if (payouts.OpenOf(payee) == 0 && PayableTo(payee) == bank.PaidTo(payee) + payouts.FeesOf(payee))
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
        }
    }

    // In the end everybody has what the statements say, but for what is owed back elsewhere.
    private void RemitAll()
    {
        bank.IsOn = false;
        isLast = true;
        foreach (PartnerId payee in violations.Count == 0 ? Payees : [])
        {
            RemittanceReport? report = null;
            int i = 0;
            do
            {
                report = Remit(payee);
            }
            while ((payouts.OpenOf(payee) > 0 || bank.IsBusyWith(payee)) && i++ < RemitCountMax);

            long open = payouts.OpenOf(payee);
            violations.Require(
                open == 0 || (open < 0 && report?.Reason?.Code == RemittanceReasons.OwedBack),
                $"I8: {open} is still to be paid to {payee}, because of {report?.Reason}");
            violations.Require(
                bank.PaidTo(payee) == payouts.PaidTo(payee),
                $"I8: {payee} got {bank.PaidTo(payee)}, and the remittances say {payouts.PaidTo(payee)}");
            watch.Wide?.Books.CheckPaid(payee, bank.PaidTo(payee), payouts.FeesOf(payee));
        }
    }

    private RemittanceReport? Remit(PartnerId payee)
    {
        RemittanceTerms terms = TermsOf(payee);
        ValueList<PayableStatement> statements = [.. Statements.Select(GivenOf)];
        RemittanceReport? report = null;
        Finish([TryAsync(async () => report = await remittances
            .RemitAsync(terms, statements, isLast ? now + AllDue : now, default).ConfigureAwait(false))]);
        return report;
    }

    // The bank's account statement says it again, or says something else: the first word counts.
    private void Confirm(PartnerId payee, RemittanceState state)
    {
        if (state.Answer is not { } first || !bank.Strikes())
        {
            return;
        }

        bool contradicts = random.Happens(500);
        RemittanceResult said = contradicts == (first.Result == RemittanceResult.Confirmed)
            ? RemittanceResult.Refused
            : RemittanceResult.Confirmed;
        RemittanceReceipt? receipt = null;
        var answer = RemittanceAnswer.Of(state.Remittance.Id, said, now);
        Finish([TryAsync(async () => receipt = await remittances.ConfirmAsync(payee, Money, answer, default)
            .ConfigureAwait(false))]);
        violations.Require(
            receipt is null || (receipt.Remittance.Answer == first
                && receipt.Answer == (contradicts ? DecisionAnswer.Conflict : DecisionAnswer.Replayed)),
            $"I8: {state.Remittance.Id} was {first.Result}, and {said} was answered with {receipt?.Answer}");
    }

    private void TakePayments(CommitBatch batch)
    {
        foreach (CampaignRecord record in batch.Appends.SelectMany(static a => a.Records))
        {
            payouts.Take(record);
            watch.Wide?.Books.Post(record);
        }
    }

    private async Task BookAsync(ManualEarning manual, Instant asOf)
    {
        BookingReport report = await bookings.BookAsync(Id, manual, asOf, default).ConfigureAwait(false);
        ManualEarning? first = watch.BookedAs(manual.Id);
        bool differs = first is not null && first != manual;
        violations.Require(
            report.Answer is BookingAnswer.Booked or BookingAnswer.Replayed
                ? !differs
                : differs && report.Answer == BookingAnswer.Conflict,
            $"I4: {manual.Id} was answered with {report.Answer} {report.Reason}, as differs {first}");
    }

    private Currency Money => Currency.Parse(world.Contracts[0].Currency);
}
