using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Simulation.Checks;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation.Live;

/// <content>Transfers that come back after they were confirmed, and what partners pay back of claims.</content>
internal sealed partial class LiveRun
{
    private const ulong ReturnSalt = 0x5245_5455_524E;
    private const int TellCount = 3;
    private const int LastReturnRate = 400;

    // What came back, of which the host is still to be told.
    private readonly List<(PartnerId Payee, RemittanceId Id)> back = [];
    private readonly Dictionary<StatementId, PaidBack> claimsPaid = [];

    // A chance of its own, so that the other worlds draw as they did.
    private readonly SeededRandom returning;
    private readonly int returnRate;

    // Until when set-off is agreed, where it is.
    private readonly Instant agreedUntil;

    private static Instant AgreedUntil(SeededRandom random, Instant start) =>
        random.Happens(300) ? start + Duration.FromDays(random.Between(10, 90)) : Instant.MaxValue;

    // An account is closed, and the money is back days after it was confirmed, or before anybody was told.
    private void ComeBack(PartnerId payee)
    {
        foreach (RemittanceId id in returnRate > 0 ? bank.PaymentsTo(payee) : [])
        {
            if (returning.Happens(isLast ? LastReturnRate : returnRate))
            {
                bank.Return(id);
                back.Add((payee, id));
            }
        }
    }

    // Said until it has arrived; some of it is said again.
    private void TellBack(PartnerId payee)
    {
        foreach ((PartnerId Payee, RemittanceId Id) one in back.Where(b => b.Payee == payee).ToArray())
        {
            bool isTold = false;
            if (returning.Happens(150))
            {
                // First the bank says that it was refused; then a person looks into it.
                Tell(payee, one.Id, RemittanceResult.Refused);
            }

            for (int i = 0; i < TellCount && !isTold; i++)
            {
                isTold = Tell(payee, one.Id, RemittanceResult.Returned);
            }

            if (isTold && returning.Happens(150))
            {
                Tell(payee, one.Id, returning.Pick(RemittanceResult.Confirmed, RemittanceResult.Refused));
            }

            violations.Require(isTold || faults.IsOn, $"liveness: nobody hears that {one.Id} came back");
            if (isTold && !returning.Happens(isLast ? 0 : 200))
            {
                back.Remove(one);
            }
        }
    }

    // Some of it arrives while the payee is paid. Whether any of it does.
    private bool TellsBesides(PartnerId payee, List<Task> calls)
    {
        (PartnerId Payee, RemittanceId Id)[] own = [.. back.Where(b => b.Payee == payee)];
        bool isBeside = own.Length > 0 && returning.Happens(400);
        foreach ((PartnerId _, RemittanceId id) in isBeside ? own : [])
        {
            RemittanceAnswer answer = AnswerOf(id, RemittanceResult.Returned);
            calls.Add(TryAsync(() => remittances.ConfirmAsync(payee, Money, answer, default).AsTask()));
        }

        return isBeside;
    }

    // Whether it has arrived. What counts is what docs/paying-partners.md says.
    private bool Tell(PartnerId payee, RemittanceId id, RemittanceResult said)
    {
        RemittanceResult? known = payouts.SaidOf(id);
        DecisionAnswer expected = RemittanceChecks.JudgedAfter(known, said);
        RemittanceAnswer answer = AnswerOf(id, said);
        RemittanceReceipt? receipt = null;
        Finish([TryAsync(async () => receipt = await remittances.ConfirmAsync(payee, Money, answer, default)
            .ConfigureAwait(false))]);
        if (receipt is null)
        {
            return false;
        }

        // Where an answer was lost, what was decided is found again.
        bool isFound = faults.IsOn && expected == DecisionAnswer.Decided && receipt.Answer == DecisionAnswer.Replayed;
        RemittanceResult? counts = expected == DecisionAnswer.Decided ? said : known;

        // Where reads lag, the answer may be that of a moment ago: what is recorded counts all the same.
        bool isOld = faults.IsOn && world.RateOf(FaultKind.StaleRead) > 0 && receipt.Answer == DecisionAnswer.Replayed;
        violations.Require(
            payouts.SaidOf(id) == counts && (isOld || ((receipt.Answer == expected || isFound)
                && receipt.Remittance.Answer?.Result == counts)),
            $"I8: {id} was {known}, and {said} is {receipt.Answer}: {receipt.Remittance.Answer?.Result}");
        return true;
    }

    private RemittanceAnswer AnswerOf(RemittanceId id, RemittanceResult said)
    {
        var answer = RemittanceAnswer.Of(id, said, PayAt, returnRate > 0 ? "AC04" : null);
        return returnRate > 0 && returning.Happens(300) ? answer with { Author = "ann" } : answer;
    }

    // Some partners pay back what is claimed: at once, half of it at once, or later, also what was taken meanwhile.
    private void PayBack()
    {
        foreach (Statement statement in world.IsWide ? Statements : [])
        {
            if (statement.Claimed is not { MinorUnits: var claimed } || statement.Id.Value[^2] % 2 != 0)
            {
                continue;
            }

            claimsPaid.TryGetValue(statement.Id, out PaidBack before);
            int way = returnRate > 0 ? statement.Id.Value[^3] % 3 : 0;
            bool isLate = isLast || statement.To + Duration.FromDays(35) <= now;
            long paid = way == 0 || isLate ? claimed : way == 1 ? claimed / 2 : 0;
            if (paid <= before.Net)
            {
                continue;
            }

            (long vat, long withheld) = invoices.TaxesOf(statement.Id, -paid);
            PaidBack part = new(
                before.Number + 1, now, paid - before.Net, -vat - before.Vat, -withheld - before.Withholding);
            claimsPaid[statement.Id] = before.With(part);
            watch.Wide!.Books.Receive(statement, part);
        }
    }
}
