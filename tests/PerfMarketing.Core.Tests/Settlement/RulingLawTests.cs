using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.RandomLog;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>What holds of any log with approvals, rejections and grades.</summary>
public sealed class RulingLawTests
{
    private static readonly Instant End = Instant.FromUtc(2027, 6, 1, 0, 0);

    [Fact]
    public void Retraction_leaves_exactly_nothing_whatever_was_decided_by_hand() => Check(static (setting, steps) =>
    {
        List<CampaignInput> inputs = InputsOf(steps);
        Instant last = inputs[^1].RecordedAt + Duration.FromDays(1);
        CampaignRun run = Processed(setting, [.. inputs, .. inputs.Select(static i => i.OutcomeId).Distinct()
            .Select(id => Of(new Retraction { Id = new($"all-{id}"), Outcome = id, At = last }))]);

        run.State.Outcomes.SelectMany(static o => o.Earnings).Where(static e => e.Net != 0.Eur).Should().BeEmpty();
    });

    [Fact]
    public void Rejection_leaves_nothing_and_a_plain_approval_what_there_would_be_without_rulings() =>
        Check(static (setting, steps) =>
        {
            List<CampaignInput> inputs = InputsOf(steps);
            Instant last = inputs[^1].RecordedAt + Duration.FromDays(1);
            CampaignRun run = Processed(setting, [.. inputs, .. inputs.Select(static i => i.OutcomeId).Distinct()
                .Select(id => Of(new Rejection { Id = new($"all-{id}"), Outcome = id, At = last }))]);

            run.State.Outcomes.SelectMany(static o => o.Earnings).Where(static e => e.Net != 0.Eur).Should().BeEmpty();
        });

    [Fact]
    public void Every_input_twice_is_every_input_once() => Check(static (setting, steps) =>
    {
        List<CampaignInput> inputs = InputsOf(steps);
        CampaignRun once = Processed(setting, inputs);
        CampaignRun twice = Processed(setting, [.. inputs.SelectMany(static i => new[] { i, i })]);

        twice.Entries.Should().Equal(once.Entries);
        twice.Statements(End).Should().Equal(once.Statements(End));
    });

    [Fact]
    public void Statements_add_up_and_every_ruling_adjusts_an_earning_once() => Check(static (setting, steps) =>
    {
        CampaignRun run = Processed(setting, InputsOf(steps));

        run.Entries.Select(static e => e.Id).Should().OnlyHaveUniqueItems();
        foreach (Statement statement in run.Statements(End))
        {
            (statement.Opening + statement.Gross + statement.Adjustments - statement.Payable)
                .Should().Be(statement.Closing);
        }

        run.State.Outcomes.SelectMany(static o => o.Earnings).Sum(static e => e.Net.MinorUnits + e.Repriced.MinorUnits)
            .Should().Be(run.Entries.Sum(static e => e.Amount.MinorUnits));
    });

    private static CampaignRun Processed(Setting setting, IEnumerable<CampaignInput> inputs)
    {
        CampaignRun run = RunOf(CampaignOf(setting));
        foreach (CampaignInput input in inputs)
        {
            run.Process(input);
        }

        run.Expire(End);
        return run;
    }

    private static void Check(Action<Setting, Step[]> law) => Prop.ForAll(
        (from setting in Settings
         from steps in Steps
         select (setting, steps)).ToArbitrary(),
        c => law(c.setting, c.steps)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
