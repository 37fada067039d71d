using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Remittances;
using static PerfMarketing.Tests.Settlement.Remittances.SampleStatements;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement.Remittances;

public sealed class RemittancePlanTests
{
    private readonly RemittanceBook book = new(Blog, Currency.Eur);

    [Fact]
    public void One_payment_goes_over_all_contracts()
    {
        RemittancePlan plan = book.Plan(Terms(), [.. Chain("a", 20), .. Chain("b", 30, 5)], After(2));

        plan.Remittance!.Amount.Should().Be(55.Eur);
        plan.Remittance.Parts.Select(static p => $"{p.Contract} {p.Amount}")
            .Should().Equal("a 20.00 EUR", "b 30.00 EUR", "b 5.00 EUR");
        plan.Carried.Should().Be(0.Eur);
        plan.Reason.Should().BeNull();
    }

    [Fact]
    public void Statement_is_in_one_remittance_only()
    {
        PayableStatement[] statements = Chain("a", 20, 7);

        book.Plan(Terms(), statements, After(1)).Remittance!.Amount.Should().Be(20.Eur);
        book.Plan(Terms(), statements, After(2)).Remittance!.Amount.Should().Be(7.Eur);
        book.Plan(Terms(), statements, After(3)).Reason!.Code.Should().Be(RemittanceReasons.NothingPayable);
    }

    [Fact]
    public void Minimum_is_on_the_whole_and_what_is_less_waits()
    {
        PayableStatement[] statements = [.. Chain("a", 40, 30), .. Chain("b", 50, 5)];

        RemittancePlan waits = book.Plan(Terms(minimum: 100.Eur), statements, After(1));
        waits.Remittance.Should().BeNull();
        waits.Carried.Should().Be(90.Eur);
        waits.Reason.Should().Be(
            Reason.Of(RemittanceReasons.BelowMinimum, ("total", 90.Eur), ("minimum", 100.Eur)));

        book.Plan(Terms(minimum: 100.Eur), statements, After(2)).Remittance!.Amount.Should().Be(125.Eur);
    }

    [Fact]
    public void Minimum_is_enough_to_the_cent() =>
        book.Plan(Terms(minimum: 40.Eur), Chain("a", 40), After(1)).Remittance!.Amount.Should().Be(40.Eur);

    [Fact]
    public void Debt_of_one_contract_is_not_set_off_unless_agreed()
    {
        PayableStatement[] statements = [.. Chain("a", 100), .. Chain("b", -30)];

        book.Plan(Terms(), statements, After(1)).Remittance!.Amount.Should().Be(100.Eur);
    }

    [Fact]
    public void Agreed_set_off_is_given_back_when_the_contract_earns_it_itself()
    {
        // b owes 30 back in January; in February it earns 50, of which its own statement pays 20.
        PayableStatement[] statements = [.. Chain("a", 100, 0), .. Chain("b", -30, 50)];

        RemittancePlan january = book.Plan(Terms(setsOff: true), statements, After(1));
        RemittancePlan february = book.Plan(Terms(setsOff: true), statements, After(2));

        january.Remittance!.Amount.Should().Be(70.Eur);
        january.Remittance.SetOffs.Select(static p => $"{p.Contract} {p.Amount}").Should().Equal("b -30.00 EUR");
        february.Remittance!.Amount.Should().Be(50.Eur);
        february.Remittance.SetOffs.Select(static p => $"{p.Contract} {p.Amount}").Should().Equal("b 30.00 EUR");
    }

    [Fact]
    public void What_was_set_off_is_given_back_also_when_it_is_no_longer_agreed()
    {
        PayableStatement[] statements = [.. Chain("a", 100, 0, 0), .. Chain("b", -30, 10, 50)];

        book.Plan(Terms(setsOff: true), statements, After(1)).Remittance!.Amount.Should().Be(70.Eur);
        book.Plan(Terms(), statements, After(2)).Remittance!.Amount.Should().Be(10.Eur);
        book.Plan(Terms(), statements, After(3)).Remittance!.Amount.Should().Be(50.Eur);
        book.Sent.Should().Be(130.Eur, "100 and 30 were earned in all");
    }

    [Fact]
    public void Set_off_that_is_agreed_later_takes_the_debt_once()
    {
        PayableStatement[] statements = [.. Chain("a", 100, 100), .. Chain("b", -30, -5)];

        book.Plan(Terms(), statements, After(1)).Remittance!.Amount.Should().Be(100.Eur);
        book.Plan(Terms(setsOff: true), statements, After(2)).Remittance!.Amount.Should().Be(65.Eur);
        book.Plan(Terms(setsOff: true), statements, After(2)).Remittance.Should().BeNull();
    }

    [Fact]
    public void Older_statements_given_again_move_no_set_off()
    {
        PayableStatement[] statements = [.. Chain("a", 100, 100), .. Chain("b", 5, -30)];
        book.Plan(Terms(setsOff: true), statements, After(2)).Remittance!.Amount.Should().Be(175.Eur);

        RemittancePlan again = book.Plan(
            Terms(setsOff: true), statements.Where(static s => s.Statement.Period == "2026-01"), After(2));

        again.Remittance.Should().BeNull("the debt is still there, although the older statement does not know of it");
    }

    [Fact]
    public void More_owed_back_than_payable_waits()
    {
        RemittancePlan plan = book.Plan(Terms(setsOff: true), [.. Chain("a", 20), .. Chain("b", -30)], After(1));

        plan.Remittance.Should().BeNull();
        plan.Carried.Should().Be(-10.Eur);
        plan.Reason!.Code.Should().Be(RemittanceReasons.OwedBack);
    }

    [Fact]
    public void Open_statements_and_other_payees_are_left_out()
    {
        PayableStatement one = Chain("a", 20)[0];
        PayableStatement[] statements =
        [
            one with { Statement = one.Statement with { IsClosed = false } },
            Chain("b", 1, 30)[1],
            one with { Statement = one.Statement with { Id = new("other"), Partner = new("p-mail") } },
        ];

        book.Plan(Terms(), statements, After(1)).Reason!.Code.Should().Be(RemittanceReasons.NothingPayable);
    }

    [Fact]
    public void Statement_is_not_paid_before_its_due_day()
    {
        PayableStatement one = Chain("a", 20)[0];
        PayableStatement dueLater = new(one.Campaign, one.Statement with { DueOn = new(2026, 2, 15) });

        book.Plan(Terms(), [dueLater], At("2026-02-14T23:59:59Z")).Remittance.Should().BeNull();
        book.Plan(Terms(), [dueLater], At("2026-02-15T00:00:00Z")).Remittance!.Amount.Should().Be(20.Eur);
    }

    [Fact]
    public void Gaps_among_the_statements_are_a_mistake()
    {
        FluentActions.Invoking(() => book.Plan(Terms(), [null!], After(1))).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => book.Plan(Terms(), [new(new("acme"), null!)], After(1)))
            .Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Debt_is_what_is_carried_below_zero_beside_what_is_held()
    {
        PayableStatement owing = Chain("b", -10)[0];
        PayableStatement held = owing with { Statement = owing.Statement with { Held = 20.Eur } };

        Remittance made = book.Plan(Terms(setsOff: true), [.. Chain("a", 100), held], After(1)).Remittance!;

        made.Amount.Should().Be(70.Eur, "20 of what b has are held, and 30 are owed back");
    }

    [Fact]
    public void Two_statements_with_one_name_are_refused()
    {
        PayableStatement one = Chain("a", 20)[0];

        book.Plan(Terms(), [one, one], After(1)).Remittance!.Amount.Should().Be(20.Eur);
        FluentActions.Invoking(() => book.Plan(Terms(), [one, Chain("a", 21)[0]], After(1)))
            .Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Refused_statements_are_paid_by_another_remittance_under_another_name()
    {
        PayableStatement[] statements = Chain("a", 20);
        Remittance first = book.Plan(Terms(), statements, After(1)).Remittance!;
        book.Apply(RemittanceAnswer.Of(first.Id, RemittanceResult.Refused, After(1)));

        Remittance second = book.Plan(Terms(), statements, After(1)).Remittance!;

        second.Parts.Should().Equal(first.Parts);
        second.Id.Should().NotBe(first.Id);
        second.Number.Should().Be(2);
        book.Sent.Should().Be(20.Eur);
    }

    [Fact]
    public void Refusal_undoes_its_set_off_too()
    {
        PayableStatement[] statements = [.. Chain("a", 100), .. Chain("b", -30)];
        Remittance first = book.Plan(Terms(setsOff: true), statements, After(1)).Remittance!;
        book.Apply(RemittanceAnswer.Of(first.Id, RemittanceResult.Refused, After(1)));

        book.Plan(Terms(setsOff: true), statements, After(1)).Remittance!.Amount.Should().Be(70.Eur);
    }

    [Theory]
    [InlineData(FeeBearer.Payer, "100.00 EUR")]
    [InlineData(FeeBearer.Payee, "98.25 EUR")]
    public void Fee_is_borne_by_whom_the_terms_say(FeeBearer bearer, string amount)
    {
        RemittanceFee fee = new() { Fixed = 0.25m.Eur, Rate = 1.5m.Percent, Bearer = bearer };

        Remittance made = book.Plan(Terms(fee: fee), Chain("a", 100), After(1)).Remittance!;

        made.Fee!.Amount.Should().Be(1.75m.Eur);
        made.Total.Should().Be(100.Eur);
        made.Amount.ToString().Should().Be(amount);
    }

    [Fact]
    public void Fee_that_leaves_nothing_waits()
    {
        RemittanceFee fee = new() { Fixed = 2.Eur, Bearer = FeeBearer.Payee };

        book.Plan(Terms(fee: fee), Chain("a", 2), After(1)).Reason!.Code.Should().Be(RemittanceReasons.BelowFee);
    }

    // github:dubinc/dub apps/web/tests/misc/calculate-payout-fee-with-waiver.test.ts
    [Theory]
    [InlineData("dub-fee-waiver-2", 10000, 50000, 0, 0, 10000)]
    [InlineData("dub-fee-waiver-3", 10000, 50000, 45000, 150, 5000)]
    [InlineData("dub-fee-waiver-4", 10000, 50000, 50000, 300, 0)]
    public void Free_amount_comes_before_the_rate(
        string id, long payout, long limit, long used, long expectedFee, long expectedFree)
    {
        RemittanceFee fee = new() { Rate = 3.Percent, Free = Money.FromMinor(limit, Currency.Usd) };

        ChargedFee charged = fee.On(Money.FromMinor(payout, Currency.Usd), Money.FromMinor(used, Currency.Usd));

        charged.Amount.MinorUnits.Should().Be(expectedFee, id);
        charged.Free.MinorUnits.Should().Be(expectedFree, id);
    }

    [Fact]
    public void Free_amount_is_used_up_over_remittances()
    {
        RemittanceFee fee = new() { Rate = 3.Percent, Free = 30.Eur };
        PayableStatement[] statements = Chain("a", 20, 20, 20);

        Money[] fees =
        [
            .. Enumerable.Range(1, 3).Select(month =>
                book.Plan(Terms(fee: fee), statements, After(month)).Remittance!.Fee!.Amount),
        ];

        fees.Should().Equal(0.Eur, 0.3m.Eur, 0.6m.Eur);
    }

    [Fact]
    public void First_answer_counts_and_a_contradiction_is_kept()
    {
        Remittance made = book.Plan(Terms(), Chain("a", 20), After(1)).Remittance!;
        book.Apply(RemittanceAnswer.Of(made.Id, RemittanceResult.Confirmed, After(1)));
        book.Apply(RemittanceAnswer.Of(made.Id, RemittanceResult.Refused, After(2)));

        RemittanceState state = book.Find(made.Id)!;
        state.IsConfirmed.Should().BeTrue();
        state.Conflicts.Select(static c => c.Result).Should().Equal(RemittanceResult.Refused);
        book.Plan(Terms(), Chain("a", 20), After(2)).Remittance.Should().BeNull("no money moves by a contradiction");
    }

    [Theory]
    [InlineData(RemittanceCodes.AmountInvalid, "-1.00 EUR", null)]
    [InlineData(RemittanceCodes.AmountInvalid, "1.00 USD", null)]
    [InlineData(RemittanceCodes.RateOutOfRange, null, "101%")]
    public void Wrong_terms_are_refused(string code, string? minimum, string? rate)
    {
        RemittanceTerms terms = Terms(
            minimum is null ? null : Money.Parse(minimum),
            fee: rate is null ? null : new() { Rate = Percentage.Parse(rate) });

        new RemittanceTermsValidator().Validate(terms).Errors.Select(static e => e.ErrorCode).Should().Equal(code);
        FluentActions.Invoking(() => book.Plan(terms, [], After(1))).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Terms_read_back()
    {
        RemittanceFee fee = new() { Fixed = 1.Eur, Rate = 3.Percent, Free = 30.Eur, Bearer = FeeBearer.Payee };
        TermFailures failures = [];

        foreach (RemittanceTerms terms in new[] { Terms(), Terms(100.Eur, setsOff: true, fee) })
        {
            TermReader.Read(TermNode.Of(terms), failures, RemittanceTerms.Read).Should().Be(terms);
        }

        failures.Should().BeEmpty();
    }

    [Fact]
    public void Unsound_remittances_are_refused_when_read()
    {
        Remittance made = book.Plan(Terms(), Chain("a", 20), After(1)).Remittance!;
        Remittance[] wrong =
        [
            made with { Total = 21.Eur },
            made with { Amount = 19.Eur },
            made with { Number = 2 },
            made with { Id = new("0123") },
            made with { Payee = new("p-mail") },
        ];

        foreach (Remittance record in wrong)
        {
            TermFailures failures = [];
            TermReader.Read(TermNode.Of(record), failures, CampaignRecord.Read);
            failures.Select(static f => f.Code).Should().Equal(RemittanceCodes.Unsound);
        }
    }
}
