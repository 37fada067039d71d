using System.Diagnostics;
using System.Diagnostics.Metrics;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Workflows;

/// <summary>What workflows tell of their calls, to whoever listens; docs/telemetry.md lists it.</summary>
/// <remarks>
/// The source and the meter are shared by the whole process because listeners find them by their names. Nothing is
/// ever read back from them, so no decision depends on them; activities take the time themselves, and no clock is asked
/// here. When nobody listens nothing is made. Tags name campaigns and results: no customer, partner, outcome or amount.
/// </remarks>
internal static class WorkflowTelemetry
{
    public const string SourceName = "PerfMarketing.Core";

    public const string Process = "perfmarketing.process";
    public const string ProcessBatch = "perfmarketing.process_batch";
    public const string AddEvidence = "perfmarketing.add_evidence";
    public const string AddVerdict = "perfmarketing.add_verdict";
    public const string Correct = "perfmarketing.correct";
    public const string Decide = "perfmarketing.decide";
    public const string Grade = "perfmarketing.grade";
    public const string Review = "perfmarketing.review";
    public const string ReviewDue = "perfmarketing.review_due";
    public const string Record = "perfmarketing.record";
    public const string Settle = "perfmarketing.settle";
    public const string Invoice = "perfmarketing.invoice";
    public const string Remit = "perfmarketing.remit";
    public const string Confirm = "perfmarketing.confirm";
    public const string ReadRemittances = "perfmarketing.read_remittances";
    public const string Amend = "perfmarketing.amend";
    public const string Invalidate = "perfmarketing.invalidate";
    public const string Book = "perfmarketing.book";

    public const string Outcomes = "perfmarketing.outcomes";
    public const string Touchpoints = "perfmarketing.touchpoints";
    public const string Commits = "perfmarketing.commits";
    public const string Retries = "perfmarketing.retries";

    public const string CampaignTag = "perfmarketing.campaign";
    public const string AnswerTag = "perfmarketing.answer";
    public const string DecisionTag = "perfmarketing.decision";
    public const string ResultTag = "perfmarketing.result";
    public const string CountTag = "perfmarketing.count";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly Meter Meter = new(SourceName);

    private static readonly Counter<long> OutcomeCounter =
        Meter.CreateCounter<long>(Outcomes, "{outcome}", "Outcomes that calls answered for, by answer and decision");

    private static readonly Counter<long> TouchpointCounter =
        Meter.CreateCounter<long>(Touchpoints, "{touchpoint}", "Touchpoints that were handed in, by answer");

    private static readonly Counter<long> CommitCounter =
        Meter.CreateCounter<long>(Commits, "{commit}", "Commits that a store answered, by result");

    private static readonly Counter<long> RetryCounter =
        Meter.CreateCounter<long>(Retries, "{retry}", "Times that a call went on after a commit that was not done");

    /// <summary>Begins the activity of a call; null when nobody listens.</summary>
    /// <remarks>It has failed unless it is answered before it ends.</remarks>
    public static Activity? Start(string name, CampaignId campaign = default)
    {
        Activity? activity = Source.StartActivity(name);
        activity?.SetStatus(ActivityStatusCode.Error);
        return campaign.IsUnset ? activity : activity?.SetTag(CampaignTag, campaign.Value);
    }

    /// <summary>Tells what came of a call on one outcome.</summary>
    public static ConversionReport Answer(Activity? activity, CampaignId campaign, ConversionReport report)
    {
        Count(campaign, report);
        activity?.SetTag(AnswerTag, EnumText.Of(report.Answer)).SetTag(DecisionTag, NameOf(report.Qualification))
            .SetStatus(ActivityStatusCode.Unset);
        return report;
    }

    /// <summary>Tells what came of a call on many outcomes.</summary>
    public static ValueList<ConversionReport> Answer(
        Activity? activity, CampaignId campaign, ValueList<ConversionReport> reports)
    {
        foreach (ConversionReport report in reports)
        {
            Count(campaign, report);
        }

        Answer(activity, reports.Count);
        return reports;
    }

    /// <summary>Tells what came of touchpoints.</summary>
    public static void Answer(Activity? activity, TouchpointReceipt[] receipts)
    {
        if (TouchpointCounter.Enabled)
        {
            foreach (TouchpointReceipt receipt in receipts)
            {
                TouchpointCounter.Add(1, new KeyValuePair<string, object?>(AnswerTag, EnumText.Of(receipt.Answer)));
            }
        }

        Answer(activity, receipts.Length);
    }

    /// <summary>Tells that a call made so many things.</summary>
    public static void Answer(Activity? activity, int count) =>
        activity?.SetTag(CountTag, count).SetStatus(ActivityStatusCode.Unset);

    /// <summary>Tells what a call was answered.</summary>
    public static void Answer<T>(Activity? activity, T answer)
        where T : struct, Enum =>
        activity?.SetTag(AnswerTag, EnumText.Of(answer)).SetStatus(ActivityStatusCode.Unset);

    /// <summary>Counts what a store said of a commit; no campaign when it is of a payee.</summary>
    public static void NoteCommit(CampaignId campaign, CommitResult result)
    {
        if (CommitCounter.Enabled)
        {
            TagList tags = TagsOf(campaign);
            tags.Add(ResultTag, NameOf(result));
            CommitCounter.Add(1, tags);
        }
    }

    /// <summary>Counts that a call goes on after a commit that was not done, or a read that was too old.</summary>
    public static void NoteRetry(CampaignId campaign)
    {
        if (RetryCounter.Enabled)
        {
            RetryCounter.Add(1, TagsOf(campaign));
        }
    }

    // Of the report, and of what was decided because of it.
    private static void Count(CampaignId campaign, ConversionReport report)
    {
        if (!OutcomeCounter.Enabled)
        {
            return;
        }

        TagList tags = TagsOf(campaign);
        tags.Add(AnswerTag, EnumText.Of(report.Answer));
        tags.Add(DecisionTag, NameOf(report.Qualification));
        OutcomeCounter.Add(1, tags);
        foreach (ConversionReport promoted in report.Promoted)
        {
            Count(campaign, promoted);
        }
    }

    private static TagList TagsOf(CampaignId campaign)
    {
        TagList tags = default;
        if (!campaign.IsUnset)
        {
            tags.Add(CampaignTag, campaign.Value);
        }

        return tags;
    }

    private static string NameOf(Qualification qualification) => qualification.Match(
        qualified: static _ => "qualified",
        pending: static _ => "pending",
        rejected: static _ => "rejected",
        disputed: static _ => "disputed");

    private static string NameOf(CommitResult result) => result.Match(
        committed: static _ => "committed",
        replayed: static _ => "replayed",
        versionConflict: static _ => "version-conflict",
        keyReused: static _ => "key-reused",
        unavailable: static _ => "unavailable");
}
