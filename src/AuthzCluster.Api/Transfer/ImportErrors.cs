using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Transfer;

/// <summary>What is wrong with an import, row by row; a bound keeps the answer to a wholly wrong file readable.</summary>
internal sealed class ImportErrors
{
    private const int Most = 1000;
    private readonly List<FieldError> _errors = [];
    private int _left;

    public List<FieldError> OfRow { get; } = [];

    public void Add(FieldError error)
    {
        if (_errors.Count < Most)
        {
            _errors.Add(error);
        }
        else
        {
            _left++;
        }
    }

    /// <summary>Takes up what was found in a row.</summary>
    public void EndRow()
    {
        OfRow.ForEach(Add);
        OfRow.Clear();
    }

    /// <summary>Ends the request where anything is wrong.</summary>
    public void Throw()
    {
        if (_errors.Count == 0)
        {
            return;
        }
        if (_left > 0)
        {
            _errors.Add(new FieldError("body", $"and {_left} more"));
        }
        throw ProblemException.Invalid(_errors);
    }
}
