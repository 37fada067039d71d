using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Validation;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Statements under terms of settlement.</summary>
public sealed class SettlementTermsTests
{
    // cases/platform-cases.json. Impact: what locks when a month is over is in its statement; its 27 days after the end
    // of January are over with 27 February, it says the 28th. PartnerStack: what clears in March is paid in April.
    // Rakuten: the publisher is paid in the week after the network is, on 31 December.
    [Theory]
    [InlineData("impact-net45", "2026-01-15T10:00:00Z", 1, 0, "net", 15, 0, "2026-02", "2026-02-28", "2026-03-15")]
    [InlineData("impact-27-20", "2026-01-15T10:00:00Z", 0, 27, "net", 20, 0, "2026-02", "2026-02-27", "2026-03-20")]
    [InlineData("rakuten-october", "2026-10-15T10:00:00Z", 0, 0, "end", 7, 2, "2026-10", "2026-10-31", "2027-01-07")]
    [InlineData("EPN: on the 10th", "2026-01-15T10:00:00Z", 1, 0, "day", 10, 0, "2026-02", "2026-02-28", "2026-03-10")]
    public void Earning_locks_and_its_statement_is_due(
        string id,
        string at,
        int months,
        int days,
        string rule,
        int due,
        int later,
        string paid,
        string locks,
        string dueOn)
    {
        DueRule by = rule switch { "net" => DueRule.Net, "end" => DueRule.EndOfMonth, _ => DueRule.DayOfMonth };
        CampaignRun run = Settled(
            new() { Due = new(by, due) { Months = later } },
            c => c.LockedAfter(months, days),
            Of(Sale("o1", at, 100.Eur)));

        ValueList<Statement> statements = run.Statements(At("2027-06-01T00:00:00Z"));
        Statement payable = statements.Single(static s => s.Payable > 0.Eur);
        string last = DateOf(run.Entries[0].PayableAt - Duration.Epsilon);
        $"{payable.Period} {last} {Iso(payable.DueOn)}".Should().Be($"{paid} {locks} {dueOn}", id);
    }

    [Fact]
    public void Hold_of_thirty_days_of_february_clears_in_march_and_is_paid_in_april()
    {
        CampaignRun run = Settled(
            new() { Due = new(DueRule.DayOfMonth, 13) },
            static c => c.HeldFor(Duration.FromDays(30)),
            Of(Sale("o1", "2026-02-10T10:00:00Z", 100.Eur)));

        Statement paid = run.Statements(At("2027-06-01T00:00:00Z")).Single(static s => s.Payable > 0.Eur);

        $"{paid.Period} {Iso(paid.DueOn)}".Should().Be("2026-03 2026-04-13", "partnerstack-holding");
    }

    [Theory]
    [InlineData("net", 0, 0, "2026-01-31", "2026-01-31")]
    [InlineData("net", 30, 0, "2026-01-31", "2026-03-02")]
    [InlineData("day", 15, 0, "2026-01-31", "2026-02-15")]
    [InlineData("day", 20, 0, "2026-01-15", "2026-01-20")]
    [InlineData("day", 15, 0, "2026-01-15", "2026-02-15")]
    [InlineData("day", 31, 1, "2026-01-31", "2026-02-28")]
    [InlineData("day", 10, 2, "2026-01-31", "2026-03-10")]
    [InlineData("end", 0, 0, "2026-02-15", "2026-02-28")]
    [InlineData("end", 7, 1, "2026-01-31", "2026-03-07")]
    public void Due_date_counts_from_the_last_day(string rule, int days, int months, string last, string due)
    {
        DueRule by = rule switch { "net" => DueRule.Net, "end" => DueRule.EndOfMonth, _ => DueRule.DayOfMonth };
        LocalDate from = NodaTime.Text.LocalDatePattern.Iso.Parse(last).Value;

        Iso(new PaymentDue(by, days) { Months = months }.DueOn(from)).Should().Be(due);
    }

    // reference/partner-platforms.md 7: AWIN pays the 1st to the 15th on the 1st, the 16th to the end on the 15th.
    [Fact]
    public void Halves_of_a_month_may_be_due_on_days_of_their_own()
    {
        CampaignRun run = Settled(
            new() { Per = PeriodUnit.HalfMonth, Due = new(DueRule.DayOfMonth, 1) { SecondHalf = 15 } },
            null,
            Of(Sale("o1", "2026-03-15T12:00:00Z", 1.Eur)),
            Of(Sale("o2", "2026-03-16T12:00:00Z", 2.Eur)),
            Of(Sale("o3", "2026-04-30T12:00:00Z", 4.Eur)));

        run.Statements(At("2027-06-01T00:00:00Z")).Select(static s => $"{s.Period} {Iso(s.DueOn)}").Should().Equal(
            "2026-03-a 2026-04-01", "2026-03-b 2026-04-15", "2026-04-b 2026-05-15");
    }

    [Theory]
    [InlineData(PeriodUnit.HalfMonth, DueRule.DayOfMonth, 15, true)]
    [InlineData(PeriodUnit.HalfMonth, DueRule.DayOfMonth, 0, false)]
    [InlineData(PeriodUnit.HalfMonth, DueRule.DayOfMonth, 32, false)]
    [InlineData(PeriodUnit.HalfMonth, DueRule.EndOfMonth, 15, false)]
    [InlineData(PeriodUnit.Month, DueRule.DayOfMonth, 15, false)]
    public void A_day_for_second_halves_is_for_half_months(PeriodUnit per, DueRule rule, int day, bool isGood)
    {
        SettlementTerms terms = new() { Per = per, Due = new(rule, 1) { SecondHalf = day } };

        new SettlementTermsValidator(Currency.Eur).Validate(terms).Errors.Select(static e => e.ErrorCode)
            .Should().Equal(isGood ? [] : [SettlementTermsCodes.Due]);
    }

    [Theory]
    [InlineData(PeriodUnit.Week, "2026-W10 1.00, 2026-W11 2.00, 2026-W14 4.00")]
    [InlineData(PeriodUnit.HalfMonth, "2026-03-a 3.00, 2026-04-a 4.00")]
    [InlineData(PeriodUnit.Month, "2026-03 3.00, 2026-04 4.00")]
    [InlineData(PeriodUnit.Quarter, "2026-Q1 3.00, 2026-Q2 4.00")]
    public void Periods_are_cut_in_the_zone(PeriodUnit per, string expected)
    {
        // The third sale is on the first of April in Berlin.
        CampaignRun run = Settled(
            new() { Per = per },
            null,
            Of(Sale("o1", "2026-03-08T12:00:00Z", 1.Eur)),
            Of(Sale("o2", "2026-03-09T12:00:00Z", 2.Eur)),
            Of(Sale("o3", "2026-03-31T22:00:00Z", 4.Eur)));

        ValueList<Statement> statements = run.Statements(At("2027-06-01T00:00:00Z"));

        string.Join(", ", statements.Select(static s => $"{s.Period} {s.Payable.Amount}")).Should().Be(expected);
    }

    // reference/partner-platforms.md 7: thresholds are carried until reached.
    [Fact]
    public void Below_the_threshold_is_carried_until_it_is_reached()
    {
        CampaignRun run = Settled(
            new() { Threshold = 50.Eur, Due = new(DueRule.Net, 30) },
            null,
            Of(Sale("o1", "2026-03-03T12:00:00Z", 30.Eur)),
            Of(Sale("o2", "2026-04-03T12:00:00Z", 20.Eur)),
            Of(Sale("o3", "2026-05-03T12:00:00Z", 49.Eur)));

        Texts(run).Should().Equal(
            "2026-03 0.00 + 30.00 - 0.00 = 30.00, carried 30.00, due ",
            "2026-04 30.00 + 20.00 - 50.00 = 0.00, carried 0.00, due 2026-05-30",
            "2026-05 0.00 + 49.00 - 0.00 = 49.00, carried 49.00, due ");
    }

    // DESIGN.md 5: withhold 10 %, release after 90 days.
    [Fact]
    public void Reserve_is_withheld_and_released_with_the_statement_of_its_day()
    {
        CampaignRun run = Settled(
            new() { Reserve = new(10.Percent, 90) },
            null,
            Of(Sale("o1", "2026-01-03T12:00:00Z", 100.05m.Eur)),
            Of(Sale("o2", "2026-02-03T12:00:00Z", 50.Eur)),
            Of(Returned("r1", "o2", "2026-03-03T12:00:00Z", 20.Eur)));

        run.Statements(At("2027-06-01T00:00:00Z"))
            .Select(static s => $"{s.Period} withheld {s.Withheld} released {s.Released} pays {s.Payable} "
                + $"reserve {s.Reserve} closing {s.Closing}").Should().Equal(
            "2026-01 withheld 10.01 EUR released  pays 90.04 EUR reserve 10.01 EUR closing 10.01 EUR",
            "2026-02 withheld 5.00 EUR released  pays 45.00 EUR reserve 15.01 EUR closing 15.01 EUR",
            "2026-03 withheld  released  pays 0.00 EUR reserve 15.01 EUR closing -4.99 EUR",
            "2026-04 withheld  released  pays 0.00 EUR reserve 15.01 EUR closing -4.99 EUR",
            "2026-05 withheld  released 15.01 EUR pays 0.00 EUR reserve  closing -4.99 EUR");
    }

    [Fact]
    public void Debt_is_claimed_when_the_terms_say_so_and_the_next_statement_begins_with_nothing()
    {
        CampaignRun run = Settled(
            new() { Negative = NegativeBalance.Debt },
            null,
            Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)),
            Of(Retracted("r1", "o1", "2026-04-03T12:00:00Z")),
            Of(Sale("o2", "2026-05-03T12:00:00Z", 30.Eur)));

        run.Statements(At("2027-06-01T00:00:00Z"))
            .Select(static s => $"{s.Period} pays {s.Payable} claims {s.Claimed} closing {s.Closing}").Should().Equal(
                "2026-03 pays 100.00 EUR claims  closing 0.00 EUR",
                "2026-04 pays 0.00 EUR claims 100.00 EUR closing 0.00 EUR",
                "2026-05 pays 30.00 EUR claims  closing 0.00 EUR");
    }

    // reference/partner-platforms.md 7, Heritage Web: a balance of 500 − 700 = −200 is earned back.
    [Fact]
    public void Statement_says_what_of_a_debt_was_settled_and_what_is_held()
    {
        CampaignRun run = Settled(
            new(),
            static c => c.HeldFor(Duration.FromDays(10)),
            Of(Sale("o1", "2026-03-03T12:00:00Z", 700.Eur)),
            Of(Sale("o2", "2026-04-03T12:00:00Z", 500.Eur)),
            Of(Retracted("r1", "o1", "2026-04-15T12:00:00Z")),
            Of(Sale("o3", "2026-05-03T12:00:00Z", 150.Eur)),
            Of(Sale("o4", "2026-05-28T12:00:00Z", 90.Eur)));

        run.Statements(At("2027-06-01T00:00:00Z"))
            .Select(static s => $"{s.Period} pays {s.Payable} settles {s.ClawbackSettled} holds {s.Held} "
                + $"carries {s.Carried}").Should().Equal(
            "2026-03 pays 700.00 EUR settles  holds  carries 0.00 EUR",
            "2026-04 pays 0.00 EUR settles  holds  carries -200.00 EUR",
            "2026-05 pays 0.00 EUR settles 150.00 EUR holds 90.00 EUR carries -50.00 EUR",
            "2026-06 pays 40.00 EUR settles 50.00 EUR holds  carries 0.00 EUR");
    }

    [Fact]
    public void Return_takes_the_last_instalments_first()
    {
        CampaignRun run = Settled(
            new() { Due = null },
            null,
            Pay.Fixed(120.Eur).DrippedOver(12, PeriodUnit.Month),
            Of(Sale("o1", "2026-01-03T12:00:00Z", 100.Eur)),
            Of(Returned("r1", "o1", "2026-02-10T12:00:00Z", 50.Eur)));

        ValueList<Statement> statements = run.Statements(At("2027-06-01T00:00:00Z"));

        statements.Select(static s => s.Payable.Amount).Should().Equal(10, 10, 10, 10, 10, 10);
        statements.Select(static s => s.Held?.Amount).Should().Equal(110, 40, 30, 20, 10, null);
    }

    [Fact]
    public void New_terms_of_settlement_cut_the_periods_that_begin_under_them()
    {
        ContractDraft first = Contract(Pay.RevenueShare(100.Percent)) with
        {
            Effective = new(new(2026, 1, 1), null),
        };
        ContractDraft second = first.Amend(
            new(2026, 3, 20), static c => c.SettledBy(new() { Per = PeriodUnit.HalfMonth, Threshold = 5.Eur }));
        CampaignRun run = Run(first.ToCampaign().With(second), Touch("p-blog", "2026-01-01T09:00:00Z"));
        string[] days = ["2026-03-05", "2026-03-25", "2026-04-05", "2026-04-25"];
        foreach (string day in days)
        {
            run.Process(Of(Sale(day, $"{day}T12:00:00Z", 10.Eur)));
        }

        run.Statements(At("2027-06-01T00:00:00Z")).Select(static s => $"{s.Period} v{s.Version} {s.Payable}")
            .Should().Equal("2026-03 v1 20.00 EUR", "2026-04-a v2 10.00 EUR", "2026-04-b v2 10.00 EUR");
    }

    [Fact]
    public void Lines_name_the_period_of_the_event_and_that_of_the_decision()
    {
        CampaignRun run = Settled(
            new(),
            null,
            Of(Sale("o1", "2026-02-27T12:00:00Z", 10.Eur) with { RecordedAt = At("2026-03-02T12:00:00Z") }),
            Of(Sale("o2", "2026-03-03T12:00:00Z", 10.Eur)));

        run.Statements(At("2027-06-01T00:00:00Z"))[0].LinesIn(run.State.Campaign.Contracts[0])
            .Select(static l => $"{l.Entry.OutcomeId} {l.EventPeriod} {l.DecisionPeriod}")
            .Should().Equal("o1 2026-02 2026-03", "o2 2026-03 2026-03");
    }

    // reference/partner-platforms.md 7: AWIN pays green advertisers' partners anyway, amber ones' by invoice, red ones'
    // when all invoices are paid.
    [Theory]
    [InlineData(PaymentExposure.Independent, "pays, pays, pays")]
    [InlineData(PaymentExposure.ThisInvoice, "awaits 1, pays, awaits 3")]
    [InlineData(PaymentExposure.AllInvoices, "awaits 1, awaits 1, awaits 3")]
    public void Partners_are_paid_when_the_payer_has_paid_if_the_terms_say_so(PaymentExposure exposure, string expected)
    {
        CampaignRun run = Settled(
            new() { Exposure = exposure },
            null,
            Of(Sale("o1", "2026-03-03T12:00:00Z", 10.Eur)),
            Of(Sale("o2", "2026-04-03T12:00:00Z", 10.Eur)),
            Of(Sale("o3", "2026-05-03T12:00:00Z", 10.Eur)));
        ValueList<Statement> statements = run.Statements(At("2027-06-01T00:00:00Z"));
        HashSet<StatementId> received = [statements[1].Id];

        string[] answers = [.. statements.Select(s => PaidWhenPaid.Refuse(s, statements, received) is { } reason
            ? $"awaits {1 + statements.TakeWhile(x => x.Id.Value != reason.Args[0].Value).Count()}"
            : "pays")];
        string.Join(", ", answers).Should().Be(expected);
    }

    [Fact]
    public void Terms_survive_json_and_are_checked()
    {
        ContractDraft draft = Contract(Pay.Fixed(1.Eur)).SettledBy(new()
        {
            Per = PeriodUnit.HalfMonth,
            Threshold = 20.Eur,
            Due = new(DueRule.EndOfMonth, 7) { Months = 1 },
            Negative = NegativeBalance.Debt,
            Reserve = new(10.Percent, 90),
            Exposure = PaymentExposure.AllInvoices,
        });

        CampaignJson.ParseContract(TermJson.Write(draft)).Should().Be(draft);
        draft.Build().Settlement.Should().Be(draft.Settlement);
        Contract(Pay.Fixed(1.Eur)).Build().Settlement.Should().Be(SettlementTerms.Default);
        Contract(Pay.Fixed(1.Eur)).SettledBy(new()
        {
            Per = PeriodUnit.Year,
            Threshold = 20m.Usd,
            Due = new(DueRule.DayOfMonth, 32),
            Negative = (NegativeBalance)7,
            Reserve = new(0.Percent, 90),
            Exposure = (PaymentExposure)7,
        }).Validate().Errors.Select(static f => $"{f.PropertyName} {f.ErrorCode}").Should().BeEquivalentTo(
            "Settlement.Per settling.period",
            "Settlement.Threshold settling.threshold",
            "Settlement.Due settling.due",
            "Settlement.Negative settling.choice",
            "Settlement.Reserve settling.reserve",
            "Settlement.Exposure settling.choice");
    }

    private static string[] Texts(CampaignRun run) =>
    [
        .. run.Statements(At("2027-06-01T00:00:00Z")).Select(static s =>
            $"{s.Period} {s.Opening.Amount} + {s.Gross.Amount} - {s.Payable.Amount} = {s.Closing.Amount}, "
            + $"carried {s.Carried.Amount}, due {Iso(s.DueOn)}"),
    ];

    private static string Iso(LocalDate? date) =>
        date is { } day ? NodaTime.Text.LocalDatePattern.Iso.Format(day) : string.Empty;

    private static string DateOf(Instant at) => Iso(ContractCalendar.In("Europe/Berlin").DateOf(at));

    [Fact]
    public void Terms_that_reach_back_settle_no_period_that_had_begun_when_they_were_accepted()
    {
        // In force from February on, accepted on 20 March.
        CampaignDraft campaign = AmendmentSample.Amended(
            Pay.RevenueShare(10.Percent),
            Pay.RevenueShare(10.Percent),
            null,
            new(2026, 2, 1),
            static second => second.SettledBy(new() { Threshold = 50.Eur }));
        CampaignRun run = AmendmentSample.Settle(
            campaign,
            Of(Sale("o1", "2026-02-25T12:00:00Z", 100.Eur)),
            Of(Sale("o2", "2026-03-10T12:00:00Z", 200.Eur)));
        run.Book(
            new()
            {
                Id = new("b1"),
                Contract = new("acme-2026"),
                Partner = new("p-blog"),
                Amount = 5.Eur,
                At = At("2026-04-05T12:00:00Z"),
                Author = "ann",
                Note = "bounty",
            },
            At("2026-04-05T12:00:00Z"));

        run.Statements(At("2026-06-01T00:00:00Z")).Select(static s => $"{s.Period} v{s.Version} {s.Payable}").Should()
            .Equal("2026-02 v1 10.00 EUR", "2026-03 v1 20.00 EUR", "2026-04 v2 0.00 EUR");
    }

    [Fact]
    public void Statement_after_closed_ones_begins_where_they_end_when_the_periods_change()
    {
        // The last week of February ends with the first of March, a Sunday.
        ContractDraft weekly = Contract(Pay.RevenueShare(10.Percent)).EffectiveFrom(new(2026, 1, 1))
            .SettledBy(new() { Per = PeriodUnit.Week });
        ContractDraft monthly = weekly.Amend(new(2026, 3, 1), static d => d.SettledBy(new()));
        CampaignRun run = AmendmentSample.Settle(
            weekly.ToCampaign().With(monthly),
            Of(Sale("o1", "2026-02-25T12:00:00Z", 100.Eur)),
            Of(Sale("o2", "2026-03-10T12:00:00Z", 200.Eur)));
        Instant asOf = At("2026-06-01T00:00:00Z");

        ValueList<Statement> all = run.Statements(asOf);

        all.Select(static s => s.Period).Should().Equal("2026-W09", "2026-03");
        all[1].From.Should().Be(all[0].To);
        StatementBook.Build(run.State.Campaign, run.Entries, [all[0]], asOf).Should().Equal(all);
    }

    private static CampaignRun Settled(
        SettlementTerms terms, Func<ClauseDraft, ClauseDraft>? clause, params CampaignInput[] inputs) =>
        Settled(terms, clause, Pay.RevenueShare(100.Percent), inputs);

    private static CampaignRun Settled(
        SettlementTerms terms, Func<ClauseDraft, ClauseDraft>? clause, PayoutModel pays, params CampaignInput[] inputs)
    {
        CampaignRun run = Run(
            Contract(pays, clause).SettledBy(terms).ToCampaign(), Touch("p-blog", "2026-01-01T09:00:00Z"));
        foreach (CampaignInput input in inputs)
        {
            run.Process(input);
        }

        return run;
    }
}
