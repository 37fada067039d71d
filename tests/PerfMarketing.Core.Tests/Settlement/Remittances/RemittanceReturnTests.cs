using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Remittances.SampleStatements;

namespace PerfMarketing.Tests.Settlement.Remittances;

/// <summary>Payments that come back after they were confirmed.</summary>
public sealed class RemittanceReturnTests
{
    private readonly RemittanceBook book = new(Blog, Currency.Eur);

    // C confirmed, R refused, B came back; small letters are what is answered: decided, replayed, conflict.
    [Theory]
    [InlineData("", "in transit")]
    [InlineData("C d", "confirmed")]
    [InlineData("R d", "refused")]
    [InlineData("C d, C r, R c, R c", "confirmed, 1 conflict")]
    [InlineData("R d, R r, C c, C c", "refused, 1 conflict")]
    [InlineData("C d, B d", "came back, confirmed before")]
    [InlineData("C d, B d, B r, C r, R r", "came back, confirmed before")]
    [InlineData("C d, R c, B d, R r", "came back, confirmed before, 1 conflict")]
    [InlineData("B d", "came back")]
    [InlineData("B d, B r, C r, R r", "came back")]
    [InlineData("R d, B r", "refused")]
    [InlineData("R d, C c, B r", "refused, 1 conflict")]
    public async Task Every_word_of_the_bank_has_one_answer(string words, string expected)
    {
        MemoryLedger ledger = new();
        RemittanceWorkflow workflow = new(ledger, new MemoryPayments());
        RemittanceState state = (await workflow.RemitAsync(Terms(), [.. Chain("a", 20)], After(1), default))
            .Remittances.Single();
        foreach (string word in words.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            RemittanceResult result = word[0] == 'C' ? RemittanceResult.Confirmed
                : word[0] == 'R' ? RemittanceResult.Refused : RemittanceResult.Returned;
            RemittanceReceipt? receipt = await workflow.ConfirmAsync(
                Blog, Currency.Eur, RemittanceAnswer.Of(state.Remittance.Id, result, After(2), word), default);
            state = receipt!.Remittance;
            receipt.Answer.Should().Be(
                word[2] == 'd' ? DecisionAnswer.Decided
                : word[2] == 'r' ? DecisionAnswer.Replayed : DecisionAnswer.Conflict,
                word);
        }

        TextOf(state).Should().Be(expected);
        (await workflow.ReadAsync(Blog, Currency.Eur, default)).Should().Equal(state);
        Folded(state.Records).Should().Be(state, "its records are all that is known of it");
    }

    [Fact]
    public void What_came_back_is_paid_by_another_remittance_under_another_name()
    {
        PayableStatement[] statements = Chain("a", 20, 7);
        RemittanceFee fee = new() { Fixed = 1.Eur, Rate = 10.Percent, Free = 15.Eur, Bearer = FeeBearer.Payee };
        Remittance first = book.Plan(Terms(fee: fee), statements, After(1)).Remittance!;
        book.Apply(Word(first, RemittanceResult.Confirmed));
        book.Plan(Terms(fee: fee), statements, After(1)).Reason!.Code.Should().Be(RemittanceReasons.NothingPayable);
        book.Apply(Word(first, RemittanceResult.Returned));

        Remittance second = book.Plan(Terms(fee: fee), statements, After(1)).Remittance!;

        second.Parts.Should().Equal(first.Parts);
        second.Fee.Should().Be(first.Fee, "a payment that came back cost the payee nothing");
        (second.Number, second.Id == first.Id).Should().Be((2L, false));
        book.Sent.Should().Be(second.Amount);
        book.Undone.Should().Equal(first.Parts[0].Statement);

        // It may come back again, and again.
        book.Apply(Word(second, RemittanceResult.Returned));
        book.Plan(Terms(), statements, After(2)).Remittance!.Amount.Should().Be(27.Eur);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_given_back_of_a_set_off_that_came_back_is_taken_again(bool isAgreed)
    {
        // In January 30 are taken of a for b, and given back in February, when b has earned them itself.
        PayableStatement[] statements = [.. Chain("a", 100, 0, 0), .. Chain("b", -30, 50, 0)];
        Remittance january = book.Plan(Terms(setsOff: true), statements, After(1)).Remittance!;
        Remittance february = book.Plan(Terms(setsOff: true), statements, After(2)).Remittance!;
        (january.Amount, february.Amount).Should().Be((70.Eur, 50.Eur));
        book.Apply(Word(january, RemittanceResult.Confirmed));
        book.Apply(Word(january, RemittanceResult.Returned));

        book.Plan(Terms(setsOff: isAgreed), statements, After(2)).Remittance!.Amount.Should().Be(70.Eur);
        book.Sent.Should().Be(120.Eur, "100 and 20 were payable");
    }

    [Fact]
    public async Task Workflow_pays_again_what_came_back_and_the_bank_gets_another_instruction()
    {
        MemoryPayments bank = new() { Decide = static _ => new(PaymentStatus.Paid) };
        RemittanceWorkflow workflow = new(new MemoryLedger(), bank);
        RemittanceState paid = (await RemitAsync(workflow)).Remittances.Single();
        RemittanceId id = paid.Remittance.Id;
        var returned = RemittanceAnswer.Of(id, RemittanceResult.Returned, After(1), "AC04 account closed");
        returned = returned with { Author = "ann" };
        await workflow.ConfirmAsync(Blog, Currency.Eur, returned, default);

        RemittanceReport again = await RemitAsync(workflow);
        RemittanceReport repeated = await RemitAsync(workflow);

        again.Remittances.Single().IsConfirmed.Should().BeTrue();
        (repeated.IsRepetition, repeated.Remittances.Single()).Should().Be((true, again.Remittances.Single()));
        bank.Instructions.Select(static i => i.Amount).Should().Equal(20.Eur, 20.Eur);
        bank.Instructions.Select(static i => i.Id).Should().OnlyHaveUniqueItems();
        RemittanceState first = (await workflow.ReadAsync(Blog, Currency.Eur, default))[0];
        (first.Answer, first.Confirmation).Should().Be((returned, paid.Answer));
        TermJson.Parse(TermJson.Write(returned), CampaignRecord.Read).Should().Be(returned);
    }

    [Fact]
    public async Task What_the_bank_refuses_at_once_is_said_to_wait()
    {
        MemoryPayments bank = new() { Decide = static _ => new(PaymentStatus.Refused) };

        RemittanceReport report = await RemitAsync(new(new MemoryLedger(), bank));

        report.Remittances.Single().IsRefused.Should().BeTrue();
        (report.Carried, report.Reason).Should().Be((20.Eur, null));
    }

    private static async Task<RemittanceReport> RemitAsync(RemittanceWorkflow workflow) =>
        await workflow.RemitAsync(Terms(), [.. Chain("a", 20)], After(1), default);

    private static RemittanceAnswer Word(Remittance remittance, RemittanceResult result) =>
        RemittanceAnswer.Of(remittance.Id, result, After(2));

    private static RemittanceState Folded(ValueList<CampaignRecord> records)
    {
        RemittanceBook found = new(Blog, Currency.Eur);
        foreach (CampaignRecord record in records)
        {
            found.Apply(record);
        }

        return found.Remittances.Single();
    }

    private static string TextOf(RemittanceState state)
    {
        string answer = state.IsInTransit ? "in transit"
            : state.IsConfirmed ? "confirmed"
            : state.IsRefused ? "refused"
            : "came back";
        state.IsReturned.Should().Be(answer == "came back");
        state.IsStanding.Should().Be(answer is "in transit" or "confirmed");
        return answer
            + (state.Confirmation is { Result: RemittanceResult.Confirmed } ? ", confirmed before" : "")
            + (state.Conflicts.Count > 0 ? ", 1 conflict" : "");
    }
}
