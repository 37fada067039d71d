using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Serialization;

namespace PerfMarketing.Scenarios.Golden;

/// <summary>Every contract beside this file prices its cases as they are written.</summary>
public sealed class GoldenContractTests
{
    public static TheoryData<string> Names() => [.. GoldenFile.All.Select(static f => f.Name)];

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (GoldenFile file in GoldenFile.All)
        {
            foreach (GoldenCase one in file.Cases)
            {
                cases.Add(file.Name, one.It);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Case_comes_out_as_written(string name, string it)
    {
        GoldenFile file = new(name);

        file.Cases.Single(c => c.It == it).Run(file.Terms());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Terms_are_valid_and_read_back_as_they_are_written(string name)
    {
        CampaignDraft terms = new GoldenFile(name).Terms();

        terms.Validate().Errors.Should().BeEmpty();
        foreach (ContractDraft contract in terms.Contracts)
        {
            CampaignJson.ParseContract(TermJson.Write(contract, indented: true)).Should().Be(contract);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Contract_has_at_least_three_cases(string name) =>
        new GoldenFile(name).Cases.Should().HaveCountGreaterThanOrEqualTo(3);
}
