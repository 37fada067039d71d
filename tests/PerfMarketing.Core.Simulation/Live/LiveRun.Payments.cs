using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation.Live;

/// <content>Partners are paid, by a bank of which nobody knows what it did.</content>
internal sealed partial class LiveRun
{
    private const int RemitCountMax = 40;

    private IEnumerable<PartnerId> Payees => world.Contracts.SelectMany(static c => c.Partners).Distinct()
        .Order(StringComparer.Ordinal).Select(static p => new PartnerId(p));

    private IEnumerable<Statement> StatementsOf(PartnerId payee) =>
        settled.OrderBy(static s => s.Key).SelectMany(static s => s.Value).Where(s => s.Partner == payee);

    private long PayableTo(PartnerId payee) => StatementsOf(payee).Sum(static s => s.Payable.MinorUnits);

    // After each month; what fails is tried again after the next.
    private void RemitSome()
    {
        foreach (PartnerId payee in Payees)
        {
            if (PayableTo(payee) == bank.PaidTo(payee))
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

    // In the end everybody has what the statements say.
    private void RemitAll()
    {
        bank.IsOn = false;
        foreach (PartnerId payee in violations.Count == 0 ? Payees : [])
        {
            int i = 0;
            while (PayableTo(payee) != bank.PaidTo(payee) && i++ < RemitCountMax)
            {
                _ = Remit(payee);
            }

            violations.Require(
                PayableTo(payee) == bank.PaidTo(payee),
                $"I8: {PayableTo(payee)} was payable to {payee}, and {bank.PaidTo(payee)} was paid");
        }
    }

    private RemittanceReport? Remit(PartnerId payee)
    {
        RemittanceTerms terms = new() { Payee = payee, Currency = Money };
        ValueList<PayableStatement> statements =
            [.. StatementsOf(payee).Select(s => PayableStatement.Of(Campaign, s) with { IsPayerPaid = true })];
        RemittanceReport? report = null;
        Finish([TryAsync(async () => report = await remittances.RemitAsync(terms, statements, now, default)
            .ConfigureAwait(false))]);
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

    private Currency Money => Currency.Parse(world.Contracts[0].Currency);
}
