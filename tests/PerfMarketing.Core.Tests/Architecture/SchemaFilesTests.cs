using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Architecture;

/// <summary>The schemas that are kept for editors and other programs are those of the code.</summary>
public sealed class SchemaFilesTests
{
    [Fact]
    public void Kept_schema_of_campaigns_is_the_one_of_the_code() =>
        Golden.Compare("docs/schema/campaign.schema.json", JsonSchema.OfCampaign()).Should().BeNull();

    [Fact]
    public void Kept_schema_of_contracts_is_the_one_of_the_code() =>
        Golden.Compare("docs/schema/contract.schema.json", JsonSchema.OfContract()).Should().BeNull();

    [Fact]
    public void Kept_schema_of_programmes_is_the_one_of_the_code() =>
        Golden.Compare("docs/schema/programme.schema.json", JsonSchema.OfProgramme()).Should().BeNull();
}
