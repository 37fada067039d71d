using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tool.Commands;

/// <summary>Says what differs between two files.</summary>
/// <param name="console">Where it prints.</param>
/// <param name="files">Reads the files.</param>
internal sealed class DiffAction(ToolConsole console, CampaignFile files)
{
    /// <summary>Compares two versions.</summary>
    /// <param name="request">What to do.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Run(DiffRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ITerms? before = files.ReadTerms(request.Old);
        ITerms? after = files.ReadTerms(request.New);
        return (before, after) switch
        {
            (null, _) or (_, null) => ExitCodes.BadInput,
            (CampaignDraft old, CampaignDraft now) => Print(CampaignDiff.Between(old, now), request.IsJson),
            (ContractDraft old, ContractDraft now) => Print(ContractDiff.Between(old, now), request.IsJson),
            _ => Refuse(request),
        };
    }

    private int Refuse(DiffRequest request)
    {
        console.Complain([$"{request.New}(1,1): {DiffCodes.OtherKind}: One file is a campaign, the other a contract."]);
        return ExitCodes.BadInput;
    }

    private int Print(CampaignDiff diff, bool isJson) => Print(diff.Changes, diff.Lines, isJson);

    private int Print(ContractDiff diff, bool isJson) => Print(diff.Changes, diff.Lines, isJson);

    private int Print(ValueList<TermChange> changes, ValueList<string> lines, bool isJson)
    {
        if (isJson)
        {
            TermWriter json = new();
            json.Add("changes", TermNode.OfList(changes.Select(static c => TermNode.Of(c)).ToValueList()));
            json.Add("text", TermNode.OfList(lines.Select(TermNode.OfText).ToValueList()));
            console.Out.WriteLine(JsonText.Write(json.ToNode(), indented: true));
        }
        else
        {
            foreach (string line in lines)
            {
                console.Out.WriteLine(line);
            }
        }

        return changes.Count == 0 ? ExitCodes.Done : ExitCodes.Different;
    }
}
