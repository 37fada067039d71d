using System.Text;
using FluentValidation.Results;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Tests.Architecture;

namespace PerfMarketing.Tests.Contracts;

/// <summary>
/// The table of what is wrong with drafts, in the files of InvalidDrafts: each with every code and path it must give.
/// </summary>
public sealed class InvalidDraftsTests
{
    private const string Folder = "tests/PerfMarketing.Core.Tests/Contracts/InvalidDrafts";

    public static TheoryData<string> Files => [.. FileNames];

    private static string[] FileNames => [.. Directory
        .EnumerateFiles(Path.Combine(SourceTree.Root, Folder), "*.txt")
        .Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Everything_wrong_is_told_in_one_pass(string file)
    {
        string path = $"{Folder}/{file}";
        InvalidDraftFile rows = InvalidDraftFile.Read(Path.Combine(SourceTree.Root, path));

        foreach (InvalidDraftRow row in rows.Rows)
        {
            row.Failures = FailuresOf(row);
            row.Failures.Should().NotBeEmpty("of '{0}'", row.Reason);
        }

        Golden.Compare(path, rows.Text).Should().BeNull();
    }

    [Fact]
    public void Table_has_more_than_two_hundred_rows_and_each_reason_once()
    {
        string[] reasons = [.. FileNames
            .SelectMany(static file => InvalidDraftFile.Read(Path.Combine(SourceTree.Root, Folder, file)).Rows)
            .Select(static row => row.Reason)];

        reasons.Should().HaveCountGreaterThan(200).And.OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData("contract")]
    [InlineData("campaign")]
    public void Without_a_fault_the_drafts_of_the_table_are_valid(string target) =>
        FailuresOf(new("nothing", target, "{}")).Should().BeEmpty();

    private static List<string> FailuresOf(InvalidDraftRow row)
    {
        TermFailures failures = [];
        byte[] json = Encoding.UTF8.GetBytes(row.Json);
        if (row.IsCampaign)
        {
            bool isRead = CampaignJson.TryParseCampaign(json, failures, out CampaignDraft? campaign);
            return isRead ? Validation(campaign!.Validate(), () => campaign.TryBuild(out _, out _)) : Text(failures);
        }

        return CampaignJson.TryParseContract(json, failures, out ContractDraft? contract)
            ? Validation(contract.Validate(), () => contract.TryBuild(out _, out _))
            : Text(failures);
    }

    private static List<string> Text(TermFailures failures) =>
        [.. failures.Select(static f => $"{f.Path} {f.Code} {InvariantText.Of(f.Line)}:{InvariantText.Of(f.Column)}")];

    private static List<string> Validation(ValidationResult result, Func<bool> build)
    {
        build().Should().Be(result.IsValid, "what is wrong is never built");
        result.Errors.Should().NotContain(static f => f.ErrorMessage.Length == 0);
        return [.. result.Errors.Select(static f => $"{f.PropertyName} {f.ErrorCode}").Order(StringComparer.Ordinal)];
    }
}
